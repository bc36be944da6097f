import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');

/**
 * Takes a picture of a page for the documentation, if `SCREENSHOTS=1`: ordinary runs leave the files as they are. It
 * needs Debian's `pngquant` then, which makes a picture of a viewer a third as large.
 * @param {import('playwright-core').Page} page
 * @param {string} name of the file, without extension
 */
export async function screenshot(page, name) {
  if (process.env['SCREENSHOTS'] !== '1') return;
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  await promisify(execFile)('pngquant', ['--force', '--strip', '--output', path, '256', path]);
}
