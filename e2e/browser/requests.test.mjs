// Who may not see a folder asks for it; an administrator answers in the panel; the link opens it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { findings } from '../support/accessibility.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe({ access: { maps: { grants: 'nobody', request: true } } });
after(() => vitrine.stop());

const panel = `${vitrine.url}/auth/admin/`;
const form = `${vitrine.url}/auth/request/maps`;

test('a request for access', { timeout: 180_000 }, async (t) => {
  const { page } = await visitor(t);
  const { page: phone } = await visitor(t, {
    context: { locale: 'de-DE', viewport: { width: 390, height: 800 }, colorScheme: 'dark' },
  });
  const { page: desk } = await visitor(t);
  let link = '';

  await t.test('is made at the address that the refusal tells', async () => {
    const refused = await fetch(`${vitrine.url}/iiif/images/maps!island/info.json`);
    assert.equal(refused.status, 401);
    assert.ok((await refused.text()).includes(form));
    await page.goto(form);
    assert.deepEqual(await findings(page), []);
    await page.getByLabel('Your name').fill('A student');
    await page.getByLabel('Your e-mail address').fill('nowhere');
    await page.getByLabel('What do you need it for?').fill('For a thesis on islands.');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByRole('alert').getByText('This is not an e-mail address.').waitFor();
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.getByLabel('What do you need it for?').inputValue(), 'For a thesis on islands.');
    await page.getByLabel('Your e-mail address').fill('student@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your request is sent' }).waitFor();
    assert.deepEqual(await findings(page), []);
  });

  await t.test('has a form in German, on a telephone in the dark', async () => {
    await phone.goto(form);
    await phone.getByRole('heading', { name: 'Um Zugang bitten' }).waitFor();
    assert.deepEqual(await findings(phone), []);
    assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
  });

  await t.test('is granted in the panel, with a link to pass on', async () => {
    await desk.goto(`${panel}resources/requests`);
    await logIn(desk, vitrine.admin);
    await desk.goto(panel);
    await desk.getByText('Requests for access that wait for an answer: 1.').waitFor();
    assert.deepEqual(await findings(desk), []);
    await desk.goto(`${panel}resources/requests`);
    await desk.getByRole('link', { name: 'A student' }).waitFor();
    assert.deepEqual(await findings(desk), []);
    await desk.getByRole('link', { name: 'A student' }).click();
    await desk.getByLabel('Grant until').waitFor();
    assert.deepEqual(await findings(desk), []);
    await desk.getByLabel('Grant until').fill('2126-07-01');
    await desk.getByRole('button', { name: 'Save' }).click();
    const told = desk.getByRole('status').getByText('Granted. Send this link to student@example.org');
    await told.waitFor();
    link = /http\S+\/auth\/share#[\w-]{43}/.exec(await told.innerText())?.[0] ?? '';
    assert.deepEqual(await findings(desk), []);
  });

  await t.test('whose link opens what was asked for', async () => {
    assert.notEqual(link, '');
    await page.goto(link);
    await page.getByRole('button').first().click();
    await page.waitForLoadState();
    const answer = await page.evaluate(async () => (await fetch('/iiif/images/maps!island/info.json')).status);
    assert.equal(answer, 200);
  });
});
