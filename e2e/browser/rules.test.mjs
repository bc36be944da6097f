// A curator opens a folder to everybody in the panel, changes it, and takes the rule away: readers see it at once.
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { until } from '../../test-support/until.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe({ access: { 'Fotos Köln': 'nobody' } });
after(() => vitrine.stop());

const nobody = new Client(vitrine.url);
const tile = '/iiif/images/maps!island.tif/1024,1024,512,512/512,512/0/default.jpg';
const isShown = (/** @type {number} */ status) =>
  until(`the tile is ${status}`, async () => (await nobody.ask(tile)).status === status);

test('rules in the panel', { timeout: 180_000 }, async (t) => {
  const { page } = await visitor(t);
  const row = (/** @type {string} */ text) => page.getByRole('row').filter({ hasText: text });

  await t.test('the rule of the file is listed, with the file that it stands in', async () => {
    await page.goto(`${vitrine.url}/auth/admin/`);
    await logIn(page, vitrine.admin);
    await page.waitForURL(`${vitrine.url}/auth/admin/`);
    await page.goto(`${vitrine.url}/auth/admin/resources/rules`);
    await row('Fotos Köln').filter({ hasText: 'nobody sees anything' }).filter({ hasText: 'access.yml' }).waitFor();
  });

  await t.test('one that is no rule is refused with the words that it could have', async () => {
    await isShown(401);
    await page.getByRole('link', { name: 'Add a rule' }).click();
    await page.getByLabel('Folder or image').fill('maps');
    await page.getByLabel('Rule', { exact: true }).fill('evryone');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('has to be everyone, users, nobody').first().waitFor();
    await screenshot(page, 'rules-form');
  });

  await t.test('one that is added holds, in words that everybody reads', async () => {
    await page.getByLabel('Rule', { exact: true }).fill('- who: everyone\n- { who: users, until: 2099-07-01 }');
    await page.getByRole('button', { name: 'Save' }).click();
    await row('maps').filter({ hasText: 'everyone sees all' }).filter({ hasText: 'panel' }).waitFor();
    await screenshot(page, 'rules');
    await isShown(200);
  });

  await t.test('one that is removed does not', async () => {
    await row('maps').getByRole('link', { name: 'maps' }).click();
    await page.getByRole('heading', { name: 'Edit rule' }).waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await row('maps').waitFor({ state: 'detached' });
    await isShown(401);
  });

  await t.test('and the audit trail says who did it', async () => {
    await page.goto(`${vitrine.url}/auth/admin/resources/audit`);
    await row('+ maps: [ { who: everyone }').filter({ hasText: vitrine.admin.email }).waitFor();
    await row('- maps: [ { who: everyone }').waitFor();
  });
});
