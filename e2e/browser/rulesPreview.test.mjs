// A curator gives a network a name, names it in a rule with a reason, and sees what others see; and does so in German.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { findings } from '../support/accessibility.mjs';
import { rulesOf } from '../support/rulesOf.mjs';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';

const vitrine = await startServe();
after(() => vitrine.stop());
const { curator, openRules, save, holds } = rulesOf(vitrine);

test('networks and the preview', { timeout: 180_000 }, async (t) => {
  const page = await curator(t);

  await t.test('a network that has a name is chosen in a rule, and stays as long as the rule names it', async () => {
    await page.goto(`${vitrine.url}/auth/admin/resources/networks/actions/new`);
    await page.getByLabel('Name').fill('reading room');
    await page.getByLabel('Addresses').fill('10.1.0.0/16');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'reading room' }).waitFor();
    await openRules(page, 'maps');
    await page.getByRole('button', { name: 'Make a rule for it' }).click();
    await page.getByRole('button', { name: 'Add a grant' }).click();
    const last = page.getByRole('group', { name: /^Grant/ }).last();
    await last.getByLabel('Who', { exact: true }).selectOption('Whoever is in a network');
    await last.getByLabel('reading room', { exact: true }).check();
    await page.getByLabel('Reason, which viewers show').fill('Being restored.');
    await save(page, 'Network reading room: all instead of nothing');
    await holds(page).getByText('Whoever is in the network reading room sees all.').waitFor();
    await page.goto(`${vitrine.url}/auth/admin/resources/networks`);
    await page.getByRole('button', { name: 'Remove: reading room' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('These rules name it: maps. Change them first.').waitFor();
  });

  await t.test('somebody else is shown what they see: pictures, or locks', async () => {
    await openRules(page, 'maps');
    assert.equal(await page.getByLabel('Reason, which viewers show').inputValue(), 'Being restored.');
    const preview = page.getByRole('region', { name: 'Who sees what here' });
    await preview.getByRole('button', { name: 'Show' }).click();
    const island = preview.getByRole('listitem').filter({ hasText: 'island.tif' });
    await island.getByText('nothing').waitFor();
    assert.equal(await preview.locator('img').count(), 0);
    await preview.getByLabel('From this IP address').fill('10.1.2.3');
    await preview.getByRole('button', { name: 'Show' }).click();
    await island.getByText('all').waitFor();
    await until('a picture is there', () =>
      island.locator('img').evaluate((one) => one instanceof HTMLImageElement && one.naturalWidth > 0),
    );
    await screenshot(page, 'rules-preview');
    assert.deepEqual(await findings(page), []);
    await preview.getByLabel('On this date').fill('soon');
    await preview.getByRole('button', { name: 'Show' }).click();
    await preview.getByText('This is not a date').waitFor();
  });
});

test('the editor in German', { timeout: 120_000 }, async (t) => {
  const page = await curator(t, 'de-DE');
  await openRules(page, 'demo');
  await page.getByRole('button', { name: 'Eigene Regel anlegen' }).click();
  const first = page.getByRole('group', { name: 'Erlaubnis 1' });
  await first.getByLabel('Wer', { exact: true }).selectOption('Wer eine Rolle hat');
  await first.getByLabel('admin', { exact: true }).check();
  await first.getByLabel('Nur in bestimmten Netzen').check();
  await first.getByLabel('IP-Adressen oder Netze').fill('10.1.0.0/16');
  await first.getByLabel('Ab').fill('2027-04-01');
  await page
    .getByRole('region', { name: 'Das heißt' })
    .getByText('Wer die Rolle admin hat und im Netz 10.1.0.0/16 ist, sieht alles, ab 1. April 2027.')
    .waitFor();
  assert.deepEqual(await findings(page), []);
});
