// Who has forgotten the password gets a mail; who is invited does, too. In English and in German, and on a telephone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { MailServer } from '../../auth/test/support/mailServer.ts';
import { until } from '../../test-support/until.mjs';
import { findings } from '../support/accessibility.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const reader = { email: 'reader@example.org', password: 'a lens & a lamp' };
const mails = await MailServer.start({
  refuses: (address) => (address === 'nobody@example.org' ? '550 no such mailbox' : undefined),
});
const vitrine = await startServe({
  env: { SMTP_URL: mails.url, MAIL_FROM: 'Example Library <images@example.org>' },
});
after(async () => {
  await vitrine.stop();
  await mails.stop();
});

/** @param {number} count of mails so far, with that one; its link */
const linkOf = async (count) => {
  const mail = await until(`mail ${count}`, () => mails.mails[count - 1]);
  return /^http\S+#[\w-]{43}$/m.exec(mail.text)?.[0] ?? assert.fail(mail.text);
};

test('mails', { timeout: 180_000 }, async (t) => {
  const { page: panel } = await visitor(t);
  const { page } = await visitor(t);
  const { page: phone } = await visitor(t, {
    context: { locale: 'de-DE', viewport: { width: 390, height: 800 }, colorScheme: 'dark' },
  });

  await t.test('invite a user whom the panel adds, and it says so', async () => {
    await panel.goto(`${vitrine.url}/auth/admin/resources/users`);
    await logIn(panel, vitrine.admin);
    await panel.goto(`${vitrine.url}/auth/admin/resources/users/actions/new`);
    await panel.getByLabel('E-mail').fill(reader.email);
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.getByRole('link', { name: reader.email }).click();
    await panel.getByRole('button', { name: 'Make a link' }).click();
    await panel.getByRole('status').getByText(`A mail with the link is on its way to ${reader.email}.`).waitFor();
    assert.deepEqual(await findings(panel), []);
    await page.goto(await linkOf(1));
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByLabel('New password').fill('the first one');
    await page.getByLabel('The same again').fill('the first one');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor();
  });

  await t.test('that are refused are told in the panel, with the link', async () => {
    await panel.goto(`${vitrine.url}/auth/admin/resources/users/actions/new`);
    await panel.getByLabel('E-mail').fill('nobody@example.org');
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.getByRole('link', { name: 'nobody@example.org' }).click();
    await panel.getByRole('button', { name: 'Make a link' }).click();
    await panel.getByRole('alert').getByText('The mail was not sent, so send the link yourself.').waitFor();
    assert.match(await panel.getByRole('alert').innerText(), /550 no such mailbox/);
    assert.match(await panel.getByLabel('The link, shown this once').inputValue(), /#[\w-]{43}$/);
  });

  await t.test('bring a link to who has forgotten the password', async () => {
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByLabel('E-mail address').fill('not an address');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('alert').getByText('This is not an e-mail address.').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByLabel('E-mail address').fill(reader.email);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.goto(await linkOf(2));
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByLabel('New password').fill(reader.password);
    await page.getByLabel('The same again').fill(reader.password);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('link', { name: 'Log in' }).click();
    await logIn(page, reader);
    await page.getByText(`You are logged in as ${reader.email}`).waitFor();
  });

  await t.test('are German for a browser in German, on a telephone in the dark', async () => {
    await phone.goto(`${vitrine.url}/auth/forgotten`);
    await phone.getByRole('heading', { name: 'Passwort vergessen?' }).waitFor();
    assert.deepEqual(await findings(phone), []);
    assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
    await phone.getByLabel('E-Mail-Adresse Ihres Kontos').fill(reader.email);
    await phone.getByRole('button', { name: 'Link schicken' }).click();
    await phone.getByText(`Wenn es ein Konto mit der Adresse ${reader.email} gibt`).waitFor();
    assert.deepEqual(await findings(phone), []);
    assert.equal(await phone.evaluate(() => document.documentElement.scrollWidth), 390);
    await linkOf(3);
    assert.match(mails.mails[2]?.text ?? '', /^Jemand, wahrscheinlich Sie, möchte/);
  });
});
