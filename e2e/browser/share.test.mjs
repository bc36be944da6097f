// A share link, from the panel to viewers on this site and another one; its limit, its end, and who is told of it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { until } from '../../test-support/until.mjs';
import { findings } from '../support/accessibility.mjs';
import { faintTexts } from '../support/contrast.mjs';
import { CANVAS, mirador } from '../support/miradorViewer.mjs';
import { seesPicture } from '../support/picture.mjs';
import { startServe } from '../support/serve.mjs';
import { INFO, TILE } from '../support/traffic.mjs';
import { startViewers, viewersAt } from '../support/viewers.mjs';
import { logIn, visitor } from '../support/visitor.mjs';

const vitrine = await startServe({ access: { maps: 'users' } });
const viewers = await startViewers();
after(async () => {
  await viewers.stop();
  await vitrine.stop();
});

const list = `${vitrine.url}/auth/admin/resources/shares`;
const manifest = `${vitrine.url}/iiif/manifests/maps`;
const islandInfo = '/iiif/images/maps!island.tif/info.json';

/** @param {import('playwright-core').Page} page looks at it as it is, on a phone and on a desk, in light and dark */
async function looksWell(page) {
  for (const size of [
    { width: 390, height: 844 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // colours that are on their way are neither
      assert.deepEqual(await findings(page), []);
      assert.deepEqual(await faintTexts(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'it is too wide');
    }
  }
}

test('a share link', { timeout: 240_000 }, async (t) => {
  const { page: desk } = await visitor(t);
  const { page, context, traffic } = await visitor(t);
  const row = desk.getByRole('row').filter({ hasText: 'Summer school' });
  const go = page.getByRole('button', { name: 'Open the pictures' });
  const isOpen = page.getByRole('heading', { name: 'The pictures are open' });
  const viewer = mirador(page);
  /** @type {{url: string, referrer: string | undefined}[]} */
  const asked = [];
  context.on('request', (request) => asked.push({ url: request.url(), referrer: request.headers()['referer'] }));
  let link = '';

  await t.test('is made in the panel, for two people, and shown once', async () => {
    await desk.goto(list);
    await logIn(desk, vitrine.admin);
    await desk.goto(list);
    await desk.getByRole('link', { name: 'Make a share link' }).click();
    await desk.getByLabel('For whom').fill('Summer school');
    await desk.getByLabel('Folder or image').fill('maps');
    await desk.getByLabel('How many people').fill('2');
    await desk.getByLabel('Until').fill('2099-07-01');
    await desk.getByRole('button', { name: 'Save' }).click();
    await row.filter({ hasText: '0 / 2' }).waitFor();
    const told = await desk.getByRole('status').filter({ hasText: '/auth/share#' }).innerText();
    [link = ''] = /http\S+\/auth\/share#[\w-]{43}/.exec(told) ?? [];
    assert.ok(link.startsWith(`${vitrine.url}/auth/share#`), told);
    await desk.reload();
    await row.waitFor();
    assert.ok(!(await desk.content()).includes(link.split('#')[1] ?? '-'));
  });

  await t.test('counts nobody where it is only loaded', async () => {
    assert.equal((await new Client(vitrine.url).ask('/auth/share')).status, 200);
    await page.goto(link);
    await looksWell(page);
    await page.reload();
    await go.waitFor();
    await desk.reload();
    await row.filter({ hasText: '0 / 2' }).waitFor();
    assert.equal((await page.goto(`${vitrine.url}${islandInfo}`))?.status(), 401);
  });

  await t.test('is opened by a gesture, and says what to give to a viewer', async () => {
    await page.goto(link);
    await go.click();
    await isOpen.waitFor();
    assert.equal(page.url(), `${vitrine.url}/auth/share`);
    await page.getByText('you see maps, until').waitFor();
    await looksWell(page);
    await page.getByRole('link', { name: manifest, exact: true }).click();
    await page.waitForURL(manifest);
    assert.match(await page.locator('body').innerText(), /sc:Manifest/);
  });

  await t.test('shows its folder in Mirador on this very site at once', async () => {
    const mark = traffic.mark();
    await viewer.open(await viewersAt(context, vitrine.url), manifest);
    await seesPicture(page, CANVAS);
    assert.deepEqual(traffic.answers(INFO, 401, mark), []);
  });

  await t.test('on another site the way leads over the login, where no account is needed', async () => {
    await viewer.open(viewers.otherSite, manifest);
    const tab = await viewer.openLogin();
    await looksWell(tab);
    const closed = tab.waitForEvent('close');
    await tab.getByRole('button', { name: 'Go on in the viewer' }).click();
    await closed;
    await seesPicture(page, CANVAS);
  });

  await t.test('opened again in the same browser it counts nobody, and in another one the second', async () => {
    await page.goto(link);
    await go.click();
    await isOpen.waitFor();
    for (const heading of ['The pictures are open', 'This link is used up']) {
      const { page: other } = await visitor(t);
      await other.goto(link);
      await other.getByRole('button', { name: 'Open the pictures' }).click();
      await other.getByRole('heading', { name: heading }).waitFor();
      if (heading !== 'The pictures are open') await looksWell(other);
    }
    await desk.reload();
    await row.filter({ hasText: '2 / 2' }).waitFor();
    await looksWell(desk);
  });

  await t.test('that is revoked is over within three seconds, also for what the browser has seen', async () => {
    await viewer.open(await viewersAt(context, vitrine.url), manifest);
    await seesPicture(page, CANVAS);
    const tile = traffic.answers(TILE, 200).at(-1)?.url ?? '';
    const status = () => page.evaluate(async (url) => (await fetch(url)).status, tile);
    assert.equal(await status(), 200);
    await row.getByRole('button', { name: 'Revoke' }).click();
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    const revoked = performance.now();
    await until('the tile is refused', async () => (await status()) === 401);
    assert.ok(performance.now() - revoked < 3000, `${performance.now() - revoked} ms`);
    await page.goto(link);
    await go.click();
    await page.getByRole('heading', { name: 'This link is over' }).waitFor();
    await looksWell(page);
  });

  await t.test(
    'is told to nobody: its secret is asked of no server, and no page sends a referrer elsewhere',
    async () => {
      const secret = link.split('#')[1] ?? '-';
      await page.goto(link);
      await page.evaluate((address) => {
        const elsewhere = document.createElement('a');
        elsewhere.href = address;
        document.body.append(elsewhere);
        elsewhere.click();
      }, `${viewers.otherSite}/pages/mirador.html`);
      await page.waitForURL(`${viewers.otherSite}/**`);
      const elsewhere = asked.filter(({ url }) => url.startsWith(viewers.otherSite));
      assert.equal(elsewhere[0]?.referrer, undefined);
      assert.deepEqual(
        asked.filter(({ url, referrer = '' }) => url.split('#')[0]?.includes(secret) || referrer.includes(secret)),
        [],
      );
      assert.ok(!vitrine.log.includes(secret));
    },
  );

  await t.test('one that was cut says so', async () => {
    await page.goto(`${vitrine.url}/auth/share`);
    await page.getByRole('alert').getByText('This link is not whole.').waitFor();
    assert.equal(await go.isDisabled(), true);
  });

  await t.test('the audit trail says who did what', async () => {
    await desk.goto(`${vitrine.url}/auth/admin/resources/audit`);
    for (const action of ['Share link made', 'Share link opened', 'Share link revoked']) {
      await desk.getByRole('row').filter({ hasText: action }).first().waitFor();
    }
  });

  await t.test('no script failed, and no answer was a 5xx', () => {
    assert.deepEqual(traffic.pageErrors, []);
    assert.deepEqual(traffic.failures(), []);
  });
});
