// A folder of ten thousand folders is opened in the tree of the panel, and gone through, without delay.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const FOLDERS = 10_000;
/** Lines that may be drawn at a time: those that are seen, and some around them. */
const DRAWN = 80;

const images = await mkdtemp(join(tmpdir(), 'vitrine-images-'));
await chmod(images, 0o755);
for (let number = 0; number < FOLDERS; number += 1) {
  await mkdir(join(images, 'many', `box ${number}`), { recursive: true });
}
await mkdir(join(images, 'zoo'));
const vitrine = await startServe({ images });
after(async () => {
  await vitrine.stop();
  await rm(images, { recursive: true });
});

test('ten thousand folders in the tree', { timeout: 180_000 }, async (t) => {
  const { page } = await visitor(t);
  await page.goto(`${vitrine.url}/auth/admin/`);
  await logIn(page, vitrine.admin);
  await page.waitForURL(`${vitrine.url}/auth/admin/`);
  await page.goto(`${vitrine.url}/auth/admin/resources/rules`);
  await page.getByRole('treeitem', { name: 'many' }).waitFor();
  const tree = page.getByRole('tree');
  await tree.focus();

  /** @param {string} key @param {string} name @returns {Promise<number>} milliseconds until a line of this name is there and active */
  const pressUntil = (key, name) =>
    page.evaluate(
      async ([pressed, wanted]) => {
        const focused = /** @type {HTMLElement} */ (document.activeElement);
        const start = performance.now();
        focused.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
        while (performance.now() - start < 20_000) {
          await new Promise((drawn) => requestAnimationFrame(drawn));
          const lines = [...document.querySelectorAll('[role=treeitem]')];
          if (lines.some((line) => line.getAttribute('aria-label') === wanted)) return performance.now() - start;
        }
        throw new Error(`there is no line ${wanted}`);
      },
      [key, name],
    );

  await page.keyboard.press('ArrowDown');
  const opened = await pressUntil('ArrowRight', 'box 0');
  const ended = await pressUntil('End', 'zoo');
  await page.keyboard.press('ArrowUp');
  const last = await page.getByRole('treeitem', { name: 'box 9999' }).getAttribute('aria-posinset');
  const found = await pressUntil('b', 'box 1');
  t.diagnostic(
    `opened in ${opened.toFixed(0)} ms, at the end in ${ended.toFixed(0)} ms, found in ${found.toFixed(0)} ms`,
  );

  await t.test('are all there, though only those are drawn that are seen', async () => {
    assert.equal(last, String(FOLDERS));
    assert.ok((await page.getByRole('treeitem').count()) <= DRAWN);
  });
});
