import { until } from '../../test-support/until.mjs';

/**
 * How many colours can be seen in a part of a page. The sample pictures have hundreds, an empty viewer a few.
 * @param {import('playwright-core').Page} page
 * @param {string} selector of the part
 * @returns {Promise<number>} different colours that cover 4 pixels or more, with 4 bits per channel: at most 4096
 */
export async function coloursIn(page, selector) {
  return (await sight(page, selector)).colours;
}

/**
 * How sharp a part of a page is: a picture that was enlarged from few pixels is blurred.
 * @param {import('playwright-core').Page} page
 * @param {string} selector of the part
 * @returns {Promise<number>} pixels that differ clearly from the one on their left
 */
export async function edgesIn(page, selector) {
  return (await sight(page, selector)).edges;
}

/**
 * Waits until a part of a page shows a picture.
 * @param {import('playwright-core').Page} page
 * @param {string} selector of the part, which may come later
 */
export async function seesPicture(page, selector) {
  const part = page.locator(selector);
  await until('the picture', async () => (await part.count()) > 0 && (await coloursIn(page, selector)) > PICTURE);
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 */
async function sight(page, selector) {
  const png = await page.locator(selector).first().screenshot({ animations: 'disabled' });
  return page.evaluate(sightOf, png.toString('base64'));
}

/**
 * Looks at a screenshot; runs in a page whose policy lets it load `data:`.
 * @param {string} base64 a PNG
 * @returns {Promise<{colours: number, edges: number}>} as {@link coloursIn} and {@link edgesIn}
 */
export async function sightOf(base64) {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const brush = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (brush === null) throw new Error('nothing can be drawn');
  brush.drawImage(bitmap, 0, 0);
  const { data } = brush.getImageData(0, 0, bitmap.width, bitmap.height);
  const counts = new Uint32Array(4096);
  let edges = 0;
  for (let at = 0; at < data.length; at += 4) {
    counts[((data[at] >> 4) << 8) | ((data[at + 1] >> 4) << 4) | (data[at + 2] >> 4)] += 1;
    if (at > 0 && Math.abs(data[at] - data[at - 4]) > 24) edges += 1;
  }
  return { colours: counts.filter((count) => count >= 4).length, edges };
}

/** Less than this is what an empty viewer and its controls have. */
export const EMPTY = 60;
/** More than this needs a picture. */
export const PICTURE = 150;
