// How a share link is opened: by a gesture, by so many people, and with a secret that goes nowhere else.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cookieHeader, setCookies } from '../support/ask.ts';
import { FULL, heading, OPEN, OVER, SHARED, sharing } from '../support/shares.ts';
import { execute } from '../support/tables.ts';
import { Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests(SHARED);
const { make, open, guestOf, used, tile } = sharing(vitrine);
const events = async () =>
  (await vitrine.database.audit.list(100, 0)).filter(({ actor, action }) => actor === 'guest' || action === 'refused');

describe('the page of a link', () => {
  it('knows no secret, allows no other script, is not kept and tells no other site where it was', async () => {
    const { secret } = await make();
    const opened = await open(secret);
    for (const page of [await vitrine.ask('/auth/share'), opened]) {
      expect(page.status).toBe(200);
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.headers['referrer-policy']).toBe('same-origin');
      expect(page.headers['content-security-policy']).toMatch(/default-src 'none';script-src 'nonce-[^']+';/);
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(page.body).not.toContain(secret);
    }
    expect(vitrine.log.join('\n')).not.toContain(secret);
  });

  it('that is only loaded counts nobody and opens nothing', async () => {
    const { share } = await make();
    for (let n = 0; n < 3; n += 1) expect(setCookies(await vitrine.ask('/auth/share')).size).toBe(0);
    expect(await used(share.id)).toBe(0);
  });

  it('names what was opened, until when, and its addresses for viewers', async () => {
    const { body } = await open((await make({ folder: 'letters', pixels: 600 })).secret);
    expect(body).toMatch(/you see <strong>letters<\/strong> in a size of 600 pixels, until \d+ \w+ \d{4} at \d\d:\d\d/);
    expect(body).toContain('/iiif/3/manifests/letters"');
    expect(body).toContain('/iiif/manifests/letters"');
    const { body: ofImage } = await open((await make({ folder: 'atlas/page2.tif' })).secret);
    expect(ofImage).toContain('/iiif/images/atlas!page2.tif/info.json"');
    expect(body + ofImage).not.toContain('seminar');
  });

  it('is not sent a form by another site, and nothing that is no secret opens anything', async () => {
    const { share, secret } = await make();
    expect((await open(secret, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    for (const other of ['', 'x', 'x'.repeat(43), `${secret}x`]) expect(heading(await open(other))).toEqual(OVER);
    expect(await used(share.id)).toBe(0);
  });
});

describe('the people of a link', () => {
  it('are counted once in each browser, and no more are let in than it is for', async () => {
    const { share, secret } = await make({ people: 2 });
    const first = await open(secret);
    expect(heading(first)).toEqual(OPEN);
    const cookie = cookieHeader(first);
    for (let n = 0; n < 3; n += 1) expect(heading(await open(secret, { cookie }))).toEqual(OPEN);
    expect(await used(share.id)).toBe(1);
    expect(heading(await open(secret))).toEqual(OPEN);
    const third = await open(secret);
    expect(heading(third)).toEqual(FULL);
    expect(setCookies(third).size).toBe(0);
    expect(heading(await open(secret, { cookie }))).toEqual(OPEN);
    expect(await used(share.id)).toBe(2);
  });

  it('come again when their visit is over or was ended, and are not counted', async () => {
    const { share, secret, cookie } = await guestOf({ people: 1 });
    await vitrine.ask('/auth/logout', { headers: { cookie } });
    expect((await tile('closed', { cookie })).status).toBe(403);
    // The browser has forgotten the visit by then; the guest is known by another cookie.
    const again = await open(secret, { cookie: cookie.replace(/vitrine_visit/g, 'gone') });
    expect(heading(again)).toEqual(OPEN);
    expect((await tile('closed', { cookie: cookieHeader(again) })).status).toBe(200);
    expect(await used(share.id)).toBe(1);
  });

  it('are known by a cookie that opens nothing without the link, nor any other link', async () => {
    const { cookie } = await guestOf();
    const guest = cookie.split('; ').find((one) => one.startsWith('vitrine_guest')) ?? '';
    expect(guest).not.toBe('');
    expect((await tile('closed', { cookie: guest })).status).toBe(403);
    const other = await make({ people: 1 });
    await open(other.secret);
    expect(heading(await open(other.secret, { cookie: guest }))).toEqual(FULL);
  });

  it('of two at the same moment one gets the last place', async () => {
    const { share, secret } = await make({ people: 1 });
    const both = await Promise.all([open(secret), open(secret)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await used(share.id)).toBe(1);
  });

  it('are in the audit trail, each once, without the secret', async () => {
    const { share, secret, cookie } = await guestOf();
    await open(secret, { cookie });
    const [first, ...others] = (await events()).filter(({ target }) => target.includes(share.id));
    expect(first).toMatchObject({
      action: 'share.use',
      target: `seminar <closed> (${share.id})`,
      address: '127.0.0.1',
    });
    expect(others).toEqual([]);
    expect(JSON.stringify(await events())).not.toContain(secret);
  });
});

it('a link for what is not there any more counts nobody', async () => {
  vitrine.write('brief/page1.tif');
  const { share, secret } = await make({ folder: 'brief/page1.tif' });
  rmSync(join(vitrine.images, 'brief'), { recursive: true });
  expect(heading(await open(secret))).toEqual([404, 'There is nothing here now']);
  expect(await used(share.id)).toBe(0);
});

it('none is made for what is not there, or for a link', async () => {
  await expect(make({ folder: 'nowhere' })).rejects.toMatchObject({ name: 'Refused', field: 'folder' });
});

it('its secret is stored as a hash', async () => {
  const { share, secret } = await make();
  const rows = JSON.stringify(await execute(vitrine.config.database, 'SELECT * FROM shares'));
  expect(rows).toContain(share.id);
  expect(rows).not.toContain(secret);
});
