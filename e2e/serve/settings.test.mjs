// Settings that change how a picture is shown, after it was shown.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { pdf } from '../pictures/make/pdf.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const images = await temporaryFolder('images');
const data = await temporaryFolder('data');
await writeFile(join(images, 'letter.pdf'), pdf([{ size: { width: 1200, height: 1800 } }]));

/** @type {import('../support/serve.mjs').Vitrine | undefined} */
let running;
after(() => running?.stop());
/** @type {import('../support/serve.mjs').Vitrine['admin'] | undefined} */
let admin;

/**
 * What a reader gets of the page, whole and by its first tile.
 * @param {string} dpi
 */
async function shownAt(dpi) {
  running = await startServe({ images, data, env: { PDF_DPI: dpi } });
  admin ??= running.admin;
  const reader = await loggedIn(running, admin);
  const [{ width, height }, whole, tile] = [
    JSON.parse((await reader.ask('/iiif/images/letter.pdf/info.json')).text),
    await reader.ask('/iiif/images/letter.pdf/full/max/0/default.jpg'),
    await reader.ask('/iiif/images/letter.pdf/0,0,512,512/512,/0/default.jpg'),
  ];
  await running.stop();
  return { said: { width, height }, whole: jpegSize(whole.body), tag: tile.headers.etag };
}

test('PDF_DPI: pages are drawn anew, in the size that is said of them, and no browser keeps the old ones', async () => {
  const coarse = await shownAt('100');
  const half = { width: 600, height: 900 };
  assert.deepEqual([coarse.said, coarse.whole], [half, half]);
  const fine = await shownAt('200');
  const full = { width: 1200, height: 1800 };
  assert.deepEqual([fine.said, fine.whole], [full, full]);
  assert.notEqual(fine.tag, coarse.tag);
});
