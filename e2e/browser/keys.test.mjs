// A curator makes a key for a program in the panel, sees its secret once, and takes it away again.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { until } from '../../test-support/until.mjs';
import { islandTile } from '../compose/samples.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe({ access: { maps: 'nobody' } });
after(() => vitrine.stop());
const program = new Client(vitrine.url);

test('keys in the panel', { timeout: 180_000 }, async (t) => {
  const { page } = await visitor(t);
  await page.clock.install();
  const row = (/** @type {string} */ text) => page.getByRole('row').filter({ hasText: text });
  let authorization = '';
  const status = async () => (await program.ask(islandTile, { headers: { authorization } })).status;

  await t.test('an end that is none is refused at its field', async () => {
    await page.goto(`${vitrine.url}/auth/admin/`);
    await logIn(page, vitrine.admin);
    await page.waitForURL(`${vitrine.url}/auth/admin/`);
    await page.getByRole('link', { name: 'Keys' }).first().click();
    await page.getByRole('link', { name: 'Make a key' }).click();
    await page.getByLabel('Name').fill('harvester');
    await page.getByLabel('Folders and images').fill('maps\nFotos Köln');
    assert.equal(await page.getByLabel('Sees').inputValue(), 'full');
    await page.getByLabel('Until').fill('next summer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is not a date').waitFor();
  });

  await t.test(
    'one that is made opens its folder; its secret stays until it is closed, and is not there again',
    async () => {
      await page.getByLabel('Until').fill('2099-07-01');
      await page.getByRole('button', { name: 'Save' }).click();
      await row('harvester').filter({ hasText: 'maps, Fotos Köln' }).waitFor();
      const told = page.getByRole('status').filter({ hasText: 'vitrine_' });
      const [secret = ''] = /vitrine_[\w-]{43}/.exec(await told.innerText()) ?? [];
      assert.equal(await status(), 403);
      authorization = `Bearer ${secret}`;
      await until('the tile is shown', async () => (await status()) === 200);
      await page.clock.fastForward('01:00');
      assert.match(await told.innerText(), /vitrine_/);
      await page.getByRole('button', { name: 'Close' }).click();
      await page.reload();
      await row('harvester').waitFor();
      assert.ok(!(await page.content()).includes(secret));
    },
  );

  await t.test('one that is revoked opens nothing', async () => {
    await row('harvester').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await row('harvester').waitFor({ state: 'detached' });
    await until('the tile is refused', async () => (await status()) === 403);
  });
});
