// The admin panel for everybody: axe has nothing to say of its pages, and a keyboard is enough, on a screen and on a
// telephone, in light and dark.
import assert from 'node:assert/strict';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings, walk } from '../support/accessibility.mjs';
import { faintTexts } from '../support/contrast.mjs';
import { startServe } from '../support/serve.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const images = await mkdtemp(join(tmpdir(), 'vitrine-images-'));
await chmod(images, 0o755);
await cp(join(import.meta.dirname, '../../samples/images/maps'), join(images, 'maps'), { recursive: true });
await writeFile(join(images, 'broken.jpg'), 'no picture');
const vitrine = await startServe({ images });
after(async () => {
  await vitrine.stop();
  await rm(images, { recursive: true });
});

const panel = `${vitrine.url}/auth/admin/`;
const reader = { email: 'reader@example.org', name: 'A reader', password: 'a lens & a lamp' };
const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

const pages = {
  overview: '',
  users: 'resources/users',
  'users that are looked for': 'resources/users?filters.email=reader&page=1',
  'a new user': 'resources/users/actions/new',
  roles: 'resources/roles',
  'a role': 'resources/roles/records/admin/edit',
  rules: 'resources/rules',
  why: 'resources/why',
  'the rules of a folder': 'resources/rules?place=maps',
  'all rules in a list': 'resources/rules/actions/list',
  networks: 'resources/networks',
  'a new network': 'resources/networks/actions/new',
  keys: 'resources/keys',
  'a new key': 'resources/keys/actions/new',
  'share links': 'resources/shares',
  'a new share link': 'resources/shares/actions/new',
  sessions: 'resources/sessions',
  'sessions that nothing is found of': 'resources/sessions?filters.user=nobody&page=1',
  'audit trail': 'resources/audit',
  pictures: 'resources/pictures',
  'pictures not served': 'resources/unserved',
};

/** @param {import('playwright-core').Page} page @param {string} address waits until it has its content */
async function open(page, address) {
  await page.goto(panel + address);
  await page.locator('h1').waitFor();
  await page.getByText('Loading …').waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
}

test('the pages of the panel', { timeout: 400_000 }, async (t) => {
  const { page, traffic } = await visitor(t, { context: { timezoneId: 'Europe/Berlin' } });
  await page.goto(panel);
  await logIn(page, vitrine.admin);
  await page.waitForURL(panel);
  await open(page, pages['a new user']);
  await page.getByLabel('E-mail').fill(reader.email);
  await page.getByLabel('Name').fill(reader.name);
  await page.getByLabel('New password', { exact: true }).fill(reader.password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row').filter({ hasText: reader.email }).waitFor();

  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      for (const [name, address] of Object.entries(pages)) {
        await t.test(`${name}, ${size.width} pixels, ${colorScheme}: axe finds nothing`, async () => {
          await open(page, address);
          assert.deepEqual(await findings(page), []);
          assert.deepEqual(await faintTexts(page), []);
          assert.ok(
            await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
            'it is too wide',
          );
        });
      }
    }
    for (const [name, address] of Object.entries(pages)) {
      await t.test(
        `${name}, ${size.width} pixels: all is reached by the Tab key, in its order, and shows it`,
        async () => {
          await open(page, address);
          const { reached, wanted, unmarked } = await walk(page);
          assert.deepEqual(reached, wanted);
          assert.deepEqual(unmarked, []);
        },
      );
    }
  }

  await t.test('no script failed', () => {
    assert.deepEqual(traffic.pageErrors, []);
    assert.deepEqual(traffic.failures(), []);
  });
});

test('the panel in German, for whoever has a browser in German', { timeout: 180_000 }, async (t) => {
  const { page } = await visitor(t, { context: { timezoneId: 'Europe/Berlin', locale: 'de-DE' } });
  await page.goto(panel);
  await logIn(page, vitrine.admin);
  await page.waitForURL(panel);
  await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');

  await t.test('has no word that is not translated', async () => {
    for (const address of Object.values(pages)) {
      await open(page, address);
      // What AdminJS makes of a key that it does not find, and what is left of the English words.
      const words = await page.locator('body').innerText();
      assert.doesNotMatch(
        words,
        /Search|Add a|Roles|Users|Loading|Remove|Cancel|Save|Last login|Nothing|\{\{/,
        address,
      );
      assert.deepEqual(await findings(page), []);
    }
  });

  await t.test('says in German what is refused', async () => {
    await open(page, pages['a new user']);
    await page.getByLabel('E-Mail').fill(vitrine.admin.email);
    await page.getByLabel('Neues Passwort', { exact: true }).fill(reader.password);
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Es gibt schon ein Konto mit dieser E-Mail-Adresse.').waitFor();
  });

  await t.test('writes times as they are written in German', async () => {
    await open(page, 'resources/audit');
    const row = page.getByRole('row').filter({ hasText: 'Angemeldet' }).first();
    assert.match(await row.locator('time').innerText(), /^\d+\. \S+ 20\d\d, \d\d:\d\d MES?Z$/);
  });
});

for (const viewport of sizes) {
  test(`an administrator with a keyboard only, ${viewport.width} pixels`, { timeout: 180_000 }, async (t) => {
    const { page } = await visitor(t, { context: { timezoneId: 'Europe/Berlin', viewport } });
    const narrow = viewport.width === 390;
    const press = (/** @type {string} */ key) => page.keyboard.press(key);
    const focused = () =>
      page.evaluate(() => {
        const one = document.activeElement;
        const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : undefined;
        return one?.getAttribute('aria-label') ?? label ?? one?.textContent ?? '';
      });
    /** @param {string} name goes on by Tab until something of this name has the focus */
    const tabTo = async (name) => {
      const met = [];
      for (let tabs = 0; tabs < 120; tabs += 1) {
        await press('Tab');
        met.push((await focused()).trim());
        if (met.at(-1)?.startsWith(name)) return;
      }
      assert.fail(`Tab does not come to “${name}”, but to ${met.join(', ')}`);
    };
    const heading = (/** @type {string} */ name) => page.getByRole('heading', { level: 1, name }).waitFor();
    const email = `keyboard${viewport.width}@example.org`;

    await page.goto(panel);
    await logIn(page, vitrine.admin);
    await page.waitForURL(panel);
    await heading('Overview');

    await t.test('gets from the menu to the users; a menu that is closed takes no Tab', async () => {
      if (narrow) {
        await tabTo('Menu');
        await press('Enter');
        await tabTo('Users');
        await press('Escape');
        assert.equal(await focused(), 'Menu');
        assert.equal(await page.getByRole('link', { name: 'Log out' }).isVisible(), false);
        await press('Enter');
      }
      await tabTo('Users');
      await press('Enter');
      await heading('Users');
      await page.getByRole('row').first().waitFor();
      assert.match(await focused(), /^Users/);
    });

    await t.test('adds a user, is told at the field what is wrong, and afterwards no more', async () => {
      await tabTo('Add a user');
      await press('Enter');
      await heading('Add a user');
      await tabTo('E-mail');
      await page.keyboard.type(email);
      await tabTo('New password');
      await page.keyboard.type('short');
      await press('Enter');
      const password = page.getByLabel('New password', { exact: true });
      await page.getByText('At least 8 characters.').and(page.locator('.error')).waitFor();
      assert.ok(await password.evaluate((field) => field === document.activeElement));
      assert.equal(await page.getByText('At least 8 characters.').count(), 1);
      await page.keyboard.type(' is not long enough');
      await press('Enter');
      await page.getByText('Added.').waitFor();
      assert.equal(await page.getByText('At least 8 characters.').count(), 0);
    });

    await t.test('finds the user, opens the form from the row, and makes the account inactive', async () => {
      await tabTo('Search');
      await press('Enter');
      await tabTo('E-mail');
      await page.keyboard.type(email);
      await press('Enter');
      await page.waitForURL(/filters\.email=/);
      await page.getByRole('button', { name: 'Search (1)' }).waitFor();
      await tabTo(email);
      await press('Enter');
      await heading('Edit user');
      await page.getByRole('checkbox', { name: 'Active' }).waitFor();
      await tabTo('Active');
      await press('Space');
      await press('Enter');
      await page.getByText('Saved.').waitFor();
      await page.getByRole('row').filter({ hasText: email }).getByText('No', { exact: true }).waitFor();
    });

    await t.test('removes the user, after a question that Escape answers with no', async () => {
      const remove = `Remove: ${email}`;
      await tabTo(remove);
      await press('Enter');
      await page.getByRole('alertdialog').waitFor();
      assert.deepEqual(await findings(page), []);
      await press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      assert.equal(await focused(), remove);
      await press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await tabTo('Remove');
      await press('Enter');
      await page.getByText('Done.').waitFor();
      await page.getByRole('row').filter({ hasText: email }).waitFor({ state: 'detached' });
      assert.match(await focused(), /^Users/);
    });

    await t.test('reads in words what happened, when, in which zone, and with which browser', async () => {
      await open(page, 'resources/audit');
      const added = page.getByRole('row').filter({ hasText: 'User added' }).filter({ hasText: email }).first();
      assert.match(await added.locator('time').innerText(), /^\d+ \w+ 20\d\d, \d\d:\d\d CES?T$/);
      assert.match((await added.locator('time').getAttribute('title')) ?? '', / UTC$/);
      await open(page, 'resources/sessions');
      await page
        .getByText(/^Chrome \d+, Linux$/)
        .first()
        .waitFor();
    });

    await t.test('logs out', async () => {
      if (narrow) {
        await tabTo('Menu');
        await press('Enter');
      }
      await tabTo('Log out');
      await press('Enter');
      await page.getByText('You are logged out').waitFor();
    });
  });
}
