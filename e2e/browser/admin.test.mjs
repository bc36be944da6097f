// The admin panel as an administrator uses it, from the login to a user who may not look any more.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { screenshot } from '../support/screenshots.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe();
after(() => vitrine.stop());

const panel = `${vitrine.url}/auth/admin/`;
const tile = `${vitrine.url}/iiif/images/maps!island.tif/1024,1024,512,512/512,512/0/default.jpg`;
const reader = { email: 'reader@example.org', password: 'a lens & a lamp' };
/** Seconds within which a right that was taken must be gone everywhere. */
const REVOKED_WITHIN = 4;

test('the admin panel', { timeout: 180_000 }, async (t) => {
  const { page, traffic } = await visitor(t);
  const row = (/** @type {string} */ email) => page.getByRole('row').filter({ hasText: email });

  await t.test('asks for the login first, and comes back to the panel', async () => {
    await page.goto(panel);
    await logIn(page, vitrine.admin);
    await page.waitForURL(panel);
    await page.getByText('Who may see the images.').waitFor();
  });

  await t.test('lists the users', async () => {
    await page.getByRole('link', { name: 'Users', exact: true }).last().click();
    await row(vitrine.admin.email).waitFor();
  });

  await t.test('adds a user with a password, whom it shows afterwards without the password', async () => {
    await page.getByRole('link', { name: 'Add a user' }).click();
    await page.getByLabel('E-mail').fill(reader.email);
    await page.getByLabel('Name').fill('A reader');
    await page.locator('input[type=password]').fill(reader.password);
    await page.getByRole('button', { name: 'Save' }).click();
    await row(reader.email).waitFor();
    assert.ok(!(await page.content()).includes(reader.password));
  });

  await t.test('lists both after a reload', async () => {
    await page.reload();
    await row(vitrine.admin.email).waitFor();
    await row(reader.email).waitFor();
    await screenshot(page, 'admin');
  });

  await t.test('says how it stands with the pictures, and which cannot be served', async () => {
    await page.goto(`${panel}resources/pictures`);
    await row('All folders').waitFor();
    await row('maps').first().waitFor();
    await screenshot(page, 'pictures');
    await page.goto(`${panel}resources/unserved`);
    await page.getByText('There is nothing here.').waitFor();
    await page.goto(`${panel}resources/users`);
    await row(reader.email).waitFor();
  });

  const guest = await visitor(t);
  const status = async () => (await guest.page.goto(tile))?.status();

  await t.test('the new user logs in and sees an image, and is kept out of the panel', async () => {
    assert.equal(await status(), 401);
    await guest.page.goto(`${vitrine.url}/auth/iiif-login`);
    await logIn(guest.page, reader);
    await guest.page.getByText('You are logged in').waitFor();
    assert.equal(await status(), 200);
    assert.equal((await guest.page.goto(panel))?.status(), 403);
  });

  await t.test(`a user who is made inactive sees nothing any more within ${REVOKED_WITHIN} s`, async () => {
    await row(reader.email).getByRole('link', { name: reader.email }).click();
    await page.getByRole('heading', { name: 'Edit user' }).waitFor();
    await page.getByText('Active', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await row(reader.email).getByText('No', { exact: true }).waitFor();
    await until('401', async () => (await status()) === 401, REVOKED_WITHIN);
    await guest.page.goto(`${vitrine.url}/auth/iiif-login`);
    await logIn(guest.page, reader);
    await guest.page.getByRole('alert').waitFor();
  });

  await t.test('shows the last administrator why they cannot be made inactive', async () => {
    await row(vitrine.admin.email).getByRole('link', { name: vitrine.admin.email }).click();
    await page.getByRole('heading', { name: 'Edit user' }).waitFor();
    await page.getByText('Active', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText(/last (active )?administrator/i)
      .first()
      .waitFor();
  });

  await t.test('tells in the audit trail who did what, and never a password', async () => {
    await page.goto(`${panel}resources/audit`);
    await page.getByRole('row').filter({ hasText: 'User added' }).filter({ hasText: reader.email }).waitFor();
    for (const secret of [reader.password, vitrine.admin.password]) {
      assert.ok(!(await page.content()).includes(secret));
      assert.ok(!vitrine.log.includes(secret));
    }
  });

  await t.test('logs out, and asks for the login again', async () => {
    await page.getByRole('link', { name: 'Log out' }).click();
    await page.getByText('You are logged out').waitFor();
    await page.goto(panel);
    await page.getByLabel('Password').waitFor();
  });

  await t.test('nothing was asked of another host, and no script failed', () => {
    assert.deepEqual([...traffic.hosts], ['localhost']);
    assert.deepEqual(traffic.pageErrors, []);
    assert.deepEqual(traffic.failures(), []);
  });
});
