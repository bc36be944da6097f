// A curator says in the panel who sees a folder, in words: readers see it at once. With the keyboard, in two languages.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { until } from '../../test-support/until.mjs';
import { findings } from '../support/accessibility.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { rulesOf } from '../support/rulesOf.mjs';

const vitrine = await startServe({ access: { 'Fotos Köln': 'nobody' } });
after(() => vitrine.stop());

const nobody = new Client(vitrine.url);
const tile = '/iiif/images/maps!island.tif/1024,1024,512,512/512,512/0/default.jpg';
const isShown = (/** @type {number} */ status) =>
  until(`the tile is ${status}`, async () => (await nobody.ask(tile)).status === status);

const { curator, openRules, save, holds } = rulesOf(vitrine);

test('rules in the panel', { timeout: 300_000 }, async (t) => {
  const page = await curator(t);
  const press = (/** @type {string[]} */ ...keys) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const item = (/** @type {string} */ name) => page.getByRole('treeitem', { name, exact: true });
  /** @param {string} name waits until the tree says that this line has the focus */
  const isActive = (name) =>
    until(`${name} is active`, () =>
      page.evaluate((wanted) => {
        const id = document.activeElement?.getAttribute('aria-activedescendant');
        return id != null && document.getElementById(id)?.getAttribute('aria-label') === wanted;
      }, name),
    );

  await t.test('the folders are a tree for the keyboard: arrows, Home, End, and by their letters', async () => {
    await openRules(page);
    await item('maps').waitFor();
    await page.getByRole('tree').focus();
    await isActive('All images');
    await press('ArrowDown');
    await isActive('demo');
    await press('End');
    await isActive('maps');
    await press('ArrowRight');
    await item('island.tif').waitFor();
    assert.equal(await item('maps').getAttribute('aria-expanded'), 'true');
    await press('ArrowRight');
    await isActive('island.tif');
    await press('ArrowLeft', 'ArrowLeft');
    await item('island.tif').waitFor({ state: 'detached' });
    await press('Home');
    await isActive('All images');
    await page.keyboard.type('fo');
    await isActive('Fotos Köln, has a rule of its own');
    await press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Fotos Köln' }).waitFor();
  });

  await t.test('a rule of the file is shown with the name of the file, and is locked', async () => {
    await holds(page).getByText('Nobody sees anything.').waitFor();
    await holds(page).getByText('This rule stands in access.yml. Change it there.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Make a rule for it' }).count(), 0);
  });

  await t.test('where there is no rule it says what holds, and why', async () => {
    await page.getByRole('tree').focus();
    await page.keyboard.type('maps');
    await press('ArrowRight', 'Enter');
    await holds(page).getByText('Whoever is logged in sees all.').waitFor();
    await holds(page).getByText('No rule says anything of it').waitFor();
    await isShown(401);
  });

  await t.test('what is missing in a row is said at its field', async () => {
    await page.getByRole('button', { name: 'Make a rule for it' }).click();
    const first = page.getByRole('group', { name: 'Grant 1' });
    await first.getByLabel('Who', { exact: true }).selectOption('These users');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write at least one e-mail address.').waitFor();
    assert.equal(await page.getByLabel('E-mail addresses').getAttribute('aria-invalid'), 'true');
    assert.ok(await page.getByLabel('E-mail addresses').evaluate((one) => one === document.activeElement));
    assert.deepEqual(await findings(page), []);
  });

  await t.test('grants are chosen in rows, and read as sentences', async () => {
    const [first, second] = ['Grant 1', 'Grant 2'].map((name) => page.getByRole('group', { name }));
    await first.getByLabel('Who', { exact: true }).selectOption('Everyone');
    await first.getByLabel('Sees').selectOption('a smaller picture');
    await first.getByLabel('Pixels').fill('400');
    await page.getByRole('button', { name: 'Add a grant' }).click();
    await second.getByLabel('Who', { exact: true }).selectOption('People with a role');
    await second.getByLabel('admin', { exact: true }).check();
    await second.getByLabel('Only in certain networks').check();
    await second.getByLabel('IP addresses or networks').fill('10.1.0.0/16');
    await second.getByLabel('Until').fill('2099-07-01');
    const said = page.getByRole('region', { name: 'This says' });
    await said.getByText('Everyone sees a picture of 400 pixels.').waitFor();
    await said
      .getByText('Whoever has the role admin and is in the network 10.1.0.0/16 sees all, until 1 July 2099.')
      .waitFor();
    assert.deepEqual(await findings(page), []);
    await screenshot(page, 'rules-form');
  });

  await t.test('who goes away is asked, because it is not saved', async () => {
    await item('demo').click();
    await page.getByRole('alertdialog').getByText('is not saved').waitFor();
    await press('Escape');
    await page.getByRole('heading', { level: 2, name: 'maps' }).waitFor();
  });

  await t.test('the same is text, in which it can be written as well; what is no rule is refused', async () => {
    await page.getByRole('button', { name: 'As text' }).click();
    const text = page.getByLabel('Rule as text');
    assert.match(await text.inputValue(), /^- who: everyone\n {2}sees: 400\n- who:\n {4}roles: admin\n/);
    await text.fill('evryone');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('has to be everyone, users, nobody').waitFor();
    await text.fill('- who: everyone\n- { who: users, until: 2099-07-01 }');
    await page.getByRole('button', { name: 'In words' }).click();
    await page.getByRole('group', { name: 'Grant 2' }).waitFor();
  });

  await t.test('before it is saved it is said how many images it touches, and who gains', async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This touches 2 images in one folder.').waitFor();
    await dialog.getByRole('heading', { name: 'More for' }).waitFor();
    await dialog.getByText('The public: all instead of nothing').waitFor();
    assert.deepEqual(await findings(page), []);
    await screenshot(page, 'rules-effect');
    await press('Escape');
    assert.equal((await nobody.ask(tile)).status, 401);
  });

  await t.test('what is saved holds at once, and is marked in the tree', async () => {
    await save(page, 'The public: all instead of nothing');
    await holds(page).getByText('Everyone sees all.').waitFor();
    await holds(page).getByText('This rule is kept here.').waitFor();
    await item('maps, has a rule of its own').waitFor();
    await isShown(200);
    await screenshot(page, 'rules');
  });

  await t.test('an image below it has the rule from there, and can have one of its own', async () => {
    await item('island.tif').click();
    await holds(page).getByText('It comes from the rule of maps.').waitFor();
    await page.getByRole('button', { name: 'Make a rule for it' }).click();
    await page.getByRole('button', { name: 'Nobody', exact: true }).click();
    await save(page, 'The public, and any user: nothing instead of all');
    await holds(page).getByText('Nobody sees anything.').waitFor();
    await page.getByRole('region', { name: 'Without this rule' }).getByText('Everyone sees all.').waitFor();
    await isShown(403);
  });

  await t.test('all rules are in a list, from which each is opened', async () => {
    await page.getByRole('link', { name: 'All rules in a list' }).click();
    const row = page.getByRole('row').filter({ hasText: 'island.tif' });
    await row.filter({ hasText: 'nobody sees anything' }).filter({ hasText: 'panel' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Fotos Köln' }).filter({ hasText: 'access.yml' }).waitFor();
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 2, name: 'maps/island.tif' }).waitFor();
  });

  await t.test('one that is removed does not hold', async () => {
    await page.getByRole('button', { name: 'Remove this rule' }).click();
    await page.getByRole('dialog').getByText('This touches one image.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove this rule' }).click();
    await holds(page).getByText('It comes from the rule of maps.').waitFor();
    await isShown(200);
  });

  await t.test('of two who change one the second is shown both, and chooses', async () => {
    await openRules(page, 'maps');
    await page.getByRole('button', { name: 'Nobody', exact: true }).click();
    const other = await curator(t);
    await openRules(other, 'maps');
    await other.getByRole('button', { name: 'Remove: Grant 1' }).click();
    await save(other, 'The public: nothing instead of all');
    await other.getByText('Saved. The rule holds.').waitFor();
    await save(page, 'This touches 2 images');
    const both = page.getByRole('alert', { name: 'Somebody has changed this rule' });
    await both.getByText('Whoever is logged in sees all, until 1 July 2099.').waitFor();
    await both.getByText('Nobody sees anything.').waitFor();
    assert.deepEqual(await findings(page), []);
    await both.getByRole('button', { name: 'Put mine in its place' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await holds(page).getByText('Nobody sees anything.').waitFor();
  });

  await t.test('what was just changed is taken back at once', async () => {
    const back = page.getByRole('region', { name: 'Take back the change' });
    await back.getByText('Whoever is logged in sees all, until 1 July 2099.').waitFor();
    await back.getByText('Nobody sees anything.').waitFor();
    assert.deepEqual(await findings(page), []);
    await back.getByRole('button', { name: 'Take back' }).click();
    await holds(page).getByText('Whoever is logged in sees all, until 1 July 2099.').waitFor();
    await back.waitFor({ state: 'detached' });
  });

  await t.test('and by its entry in the audit trail later, if nobody has changed it since', async () => {
    await page.goto(`${vitrine.url}/auth/admin/resources/audit`);
    assert.deepEqual(await findings(page), []);
    const removed = page.getByRole('row').filter({ hasText: '- maps/island.tif: nobody' });
    await removed.getByRole('link', { name: 'Take back' }).click();
    const back = page.getByRole('region', { name: 'Take back the change' });
    await back.getByText(`Changed by ${vitrine.admin.email}`).waitFor();
    await back.getByRole('button', { name: 'Take back' }).click();
    await holds(page).getByText('Nobody sees anything.').waitFor();
    await page.goBack();
    await removed.getByRole('link', { name: 'Take back' }).click();
    await back.getByText('It has been changed again since').waitFor();
    assert.equal(await back.getByRole('button').count(), 0);
  });

  await t.test('and the audit trail says who did it', async () => {
    await page.goto(`${vitrine.url}/auth/admin/resources/audit`);
    await page.getByRole('row').filter({ hasText: '+ maps: [ { who: everyone }' }).waitFor();
    await page.getByRole('row').filter({ hasText: '- maps/island.tif: nobody' }).waitFor();
  });
});
