import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

/**
 * Takes a picture of a page for the documentation, if `SCREENSHOTS=1`: ordinary runs leave the files as they are.
 * @param {import('playwright-core').Page} page
 * @param {string} name of the file, without extension
 */
export async function screenshot(page, name) {
  if (process.env['SCREENSHOTS'] === '1') await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
