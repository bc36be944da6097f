import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @import { Page } from 'playwright-core' */

/**
 * What axe finds wrong with a page as it is now, by all its rules, also those that are more than WCAG asks.
 * @param {Page} page
 * @returns {Promise<string[]>} a line each: the rule, where, and why
 */
export async function findings(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  });
}

/**
 * Goes through a page by the Tab key, from its beginning.
 * @param {Page} page
 * @returns {Promise<{reached: string[], wanted: string[], unmarked: string[]}>} what had the focus, in turn; whatever on
 *   the page can be seen and used, in the order of the document; and what nothing showed that it had the focus
 */
export async function walk(page) {
  const wanted = await page.evaluate(() => {
    const usable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]';
    const seen = [...document.querySelectorAll(usable)].filter((one) => one.checkVisibility());
    window.scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    // Where the Tab key begins: at a place that is not one to stop at.
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
    return seen.map((one, index) => {
      const name = (one.getAttribute('aria-label') ?? one.textContent).trim() || one.getAttribute('name');
      one.setAttribute('data-walk', `${index} ${one.localName} ${name}`);
      return `${index} ${one.localName} ${name}`;
    });
  });
  /** @type {string[]} */
  const reached = [];
  /** @type {string[]} */
  const unmarked = [];
  // A field for a time has several places to stop at; all of them are the same field.
  for (let tabs = 0; tabs < wanted.length * 8 + 8 && reached.at(-1) !== 'end'; tabs += 1) {
    await page.keyboard.press('Tab');
    const { name, marked } = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return { name: 'end', marked: true };
      const marks = [getComputedStyle(one), getComputedStyle(one, '::after')];
      return {
        name: one.getAttribute('data-walk') ?? `not to be seen: ${one.outerHTML}`,
        marked: marks.some(
          ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
        ),
      };
    });
    if (name !== reached.at(-1)) reached.push(name);
    if (!marked) unmarked.push(name);
  }
  return { reached: reached.filter((name) => name !== 'end'), wanted, unmarked };
}
