/**
 * Looks for text of a page that is hard to read.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{text: string, ratio: number}[]>} what is below the contrast of WCAG 2.2, 1.4.3 (4.5 : 1)
 */
export function faintTexts(page) {
  return page.evaluate(() => {
    const numbers = (/** @type {string} */ colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (/** @type {string} */ colour) => {
      const [red, green, blue] = numbers(colour).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    /** @type {(element: Element) => string} */
    const ground = (element) => {
      const { backgroundColor } = getComputedStyle(element);
      const transparent = numbers(backgroundColor)[3] === 0;
      return transparent && element.parentElement ? ground(element.parentElement) : backgroundColor;
    };
    const withText = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        element.tagName !== 'SCRIPT' &&
        [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
    );
    return withText
      .map((element) => {
        const [dark, light] = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => a - b);
        return { text: element.textContent.trim(), ratio: (light + 0.05) / (dark + 0.05) };
      })
      .filter(({ ratio }) => ratio < 4.5);
  });
}
