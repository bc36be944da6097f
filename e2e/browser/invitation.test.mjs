// A link by which somebody sets a password, from the panel to the login; and the page where it is changed.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { findings } from '../support/accessibility.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
after(() => vitrine.stop());

const panel = `${vitrine.url}/auth/admin/`;
const guest = { email: 'guest@example.org', password: 'a lens & a lamp' };

test('an invitation', { timeout: 180_000 }, async (t) => {
  const { page } = await visitor(t);
  const { page: desk } = await visitor(t);
  let link = '';

  await t.test('is made in the panel for a user without a password', async () => {
    await page.goto(`${panel}resources/users`);
    await logIn(page, vitrine.admin);
    await page.goto(`${panel}resources/users/actions/new`);
    await page.getByLabel('E-mail').fill(guest.email);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: guest.email }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    link = await page.getByLabel('The link, shown this once').inputValue();
    assert.match(link, /\/auth\/invitation#[\w-]{43}$/);
  });

  await t.test('is opened by a gesture, and its secret leaves the address at once', async () => {
    const requests = /** @type {string[]} */ ([]);
    desk.on('request', (request) => requests.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
    await desk.goto(link);
    assert.equal(desk.url(), `${vitrine.url}/auth/invitation`);
    assert.deepEqual(await findings(desk), []);
    await desk.getByRole('button', { name: 'Set a password' }).click();
    await desk.getByLabel('New password').waitFor();
    assert.equal(await desk.getByLabel('E-mail address').inputValue(), guest.email);
    assert.deepEqual(await findings(desk), []);
    const secret = link.split('#')[1] ?? '-';
    assert.deepEqual(
      requests.filter((one) => one.slice(one.indexOf(' ')).includes(secret)),
      [],
    );
  });

  await t.test('sets the password, which is changed on its own page then', async () => {
    await desk.getByLabel('New password').fill(guest.password);
    await desk.getByLabel('The same again').fill(guest.password);
    await desk.getByRole('button', { name: 'Set the password' }).click();
    await desk.getByRole('link', { name: 'Log in' }).click();
    await logIn(desk, guest);
    await desk.getByRole('link', { name: 'Change your password' }).click();
    assert.deepEqual(await findings(desk), []);
    await desk.getByLabel('Old password').fill(guest.password);
    await desk.getByLabel('New password').fill('another lens');
    await desk.getByLabel('The same again').fill('another lens');
    await desk.getByRole('button', { name: 'Change it' }).click();
    await desk.getByText('stays logged in here').waitFor();
    await desk.getByRole('link', { name: 'Start page' }).click();
    await desk.getByText(`You are logged in as ${guest.email}`).waitFor();
  });

  await t.test('is over after that, and a link that was cut says so', async () => {
    await desk.goto(link);
    await desk.getByRole('button', { name: 'Set a password' }).click();
    await desk.getByRole('heading', { name: 'This link is over' }).waitFor();
    await desk.goto(`${vitrine.url}/auth/invitation`);
    await desk.getByRole('alert').getByText('This link is not whole.').waitFor();
    assert.equal(await desk.getByRole('button', { name: 'Set a password' }).isDisabled(), true);
  });
});
