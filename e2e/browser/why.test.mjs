// Why?, in the panel: an administrator pastes an address and is told what decides, and what is missing.
import assert from 'node:assert/strict';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings } from '../support/accessibility.mjs';
import { faintTexts } from '../support/contrast.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const images = await mkdtemp(join(tmpdir(), 'vitrine-images-'));
await chmod(images, 0o755);
await cp(join(import.meta.dirname, '../../samples/images/maps'), join(images, 'maps'), { recursive: true });
await writeFile(
  join(images, 'access.yml'),
  'folders:\n  maps:\n    - { who: everyone, sees: 600 }\n    - who: { networks: 10.1.0.0/16 }\n      until: 2027-07-01\n    - who: { roles: admin }\n  mpas: nobody\n  other:\n    - who: { roles: admn }\n',
);
const vitrine = await startServe({ images });
after(async () => {
  await vitrine.stop();
  await rm(images, { recursive: true });
});

const page = `${vitrine.url}/auth/admin/resources/why`;
const viewer = `https://viewer.example.org/?manifest=${encodeURIComponent(`${vitrine.url}/iiif/manifests/maps`)}`;

test('why?', { timeout: 180_000 }, async (t) => {
  const { page: why, traffic } = await visitor(t, { context: { timezoneId: 'America/New_York' } });
  await why.goto(page);
  await logIn(why, vitrine.admin);
  await why.goto(page);
  const ask = () => why.getByRole('button', { name: 'Ask' }).click();
  const answer = why.getByRole('region', { name: 'Answer' });

  await t.test('an address of an image, from the network of a rule, at a date', async () => {
    await why.getByLabel('Address or path').fill(`${vitrine.url}/iiif/3/images/maps!island/info.json`);
    await ask();
    await answer.getByText('not allowed yet: log in; a picture of 600 pixels is shown').waitFor();
    await answer.getByText('everyone who is at 10.1.0.0/16 sees all', { exact: false }).waitFor();
    await answer.getByText('It stands in access.yml: change it there.').waitFor();
    await why.getByLabel('From the address (IP)').fill('10.1.2.3');
    await why.getByLabel('At', { exact: true }).fill('2027-06-30T12:00Z');
    await ask();
    await answer.locator('.decision.right').waitFor();
    assert.match(await answer.innerText(), /2027-06-30T08:00-04:00 America\/New_York/);
  });

  await t.test('what cannot be read is said at its field, which has the focus', async () => {
    await why.getByLabel('From the address (IP)').fill('here');
    await ask();
    await why.getByText('This is not an IP address.').waitFor();
    assert.equal(await why.evaluate(() => document.activeElement?.getAttribute('name')), 'from');
    assert.equal(await answer.count(), 0);
    await why.getByLabel('From the address (IP)').fill('');
  });

  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ])
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await t.test(`the answer for a viewer’s address, ${viewport.width} pixels, ${colorScheme}`, async () => {
        await why.setViewportSize(viewport);
        await why.emulateMedia({ colorScheme });
        await why.getByLabel('Address or path').fill(viewer);
        await ask();
        await answer.getByText('Its manifest is for everybody', { exact: false }).waitFor();
        assert.deepEqual(await findings(why), []);
        assert.deepEqual(await faintTexts(why), []);
        assert.ok(await why.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'too wide');
      });
    }

  await t.test('the link of a decision leads to the rules', async () => {
    await why.getByLabel('Address or path').fill('letters');
    await ask();
    await answer.getByRole('link', { name: 'Add a rule for letters' }).click();
    await why.waitForURL(/\/resources\/rules\?place=letters$/);
  });

  await t.test('no script failed', () => {
    assert.deepEqual(traffic.pageErrors, []);
    assert.deepEqual(traffic.failures(), []);
  });
});

test('what needs attention is told on the overview', { timeout: 120_000 }, async (t) => {
  const { page: panel } = await visitor(t);
  await panel.goto(page);
  await logIn(panel, vitrine.admin);
  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await panel.setViewportSize(viewport);
    await panel.goto(`${vitrine.url}/auth/admin/`);
    const warnings = panel.getByRole('region', { name: 'What needs attention' });
    await warnings
      .getByText('there is no “mpas”, so the rule holds for nothing; was “maps” meant?', { exact: false })
      .waitFor();
    await warnings.getByText('names the role “admn”, which is not there', { exact: false }).waitFor();
    assert.deepEqual(await findings(panel), []);
    assert.deepEqual(await faintTexts(panel), []);
    assert.ok(await panel.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'too wide');
  }
});

test('warum?', { timeout: 120_000 }, async (t) => {
  const { page: why } = await visitor(t, { context: { locale: 'de-DE' } });
  await why.goto(page);
  await logIn(why, vitrine.admin);
  await why.goto(page);
  await why.getByLabel('Adresse oder Pfad').fill(`${vitrine.url}/iiif/images/maps!island/info.json`);
  await why.getByRole('button', { name: 'Fragen' }).click();
  const answer = why.getByRole('region', { name: 'Antwort' });
  await answer.getByText('noch nicht erlaubt: erst nach einer Anmeldung', { exact: false }).waitFor();
  assert.doesNotMatch(await answer.innerText(), /\b(?:sees|missing|met|would|decides|everyone)\b/);
  assert.deepEqual(await findings(why), []);
});
