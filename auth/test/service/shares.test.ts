// What somebody sees who opened a share link, and until when.
import { describe, expect, it } from 'vitest';
import { until } from '../../../test-support/until.mjs';
import { openDatabase } from '../../src/database/open.ts';
import { Shares } from '../../src/shares/shares.ts';
import { cookieHeader } from '../support/ask.ts';
import { cookielessToken, tokenOf } from '../support/patterns.ts';
import { heading, HOUR, OVER, SHARED, sharing } from '../support/shares.ts';
import { Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests(SHARED);
const { make, open, guestOf, tile, info, probe } = sharing(vitrine);

describe('who opened a link', () => {
  it('sees images, descriptions and manifests of its folder, where no account could as well', async () => {
    const { cookie } = await guestOf();
    expect((await tile('closed', {})).status).toBe(403);
    expect((await tile('closed', { cookie })).status).toBe(200);
    expect((await info('closed', { cookie })).status).toBe(200);
    for (const version of ['', '3/']) {
      expect((await vitrine.ask(`/iiif/${version}manifests/closed`, { headers: { cookie } })).status).toBe(200);
    }
  });

  it('needs no login in a viewer on our own site: its script is told that it is open', async () => {
    const { cookie } = await guestOf();
    expect((await info('closed', { cookie, 'sec-fetch-dest': 'empty' })).status).toBe(200);
  });

  it('gets tokens of both versions for a viewer on another site, which open its folder and no other', async () => {
    const { cookie } = await guestOf();
    const [one, two] = [await tokenOf(vitrine, 1, { cookie }), await tokenOf(vitrine, 2, { cookie })];
    expect((await info('closed', { authorization: `Bearer ${one}` })).status).toBe(200);
    expect((await info('atlas', { authorization: `Bearer ${one}` })).status).toBe(401);
    expect(await probe('closed', two)).toMatchObject({ status: 200 });
    expect(await probe('atlas', two)).toMatchObject({ status: 401 });
    const cookieless = await probe('closed', await cookielessToken(vitrine, { cookie }));
    expect(cookieless).toMatchObject({ status: 302 });
    const path = new URL((cookieless['location'] as { id: string }).id).pathname;
    expect((await vitrine.tile(`${path.replace('/info.json', '')}/full/300,/0/default.jpg`, {})).status).toBe(200);
  });

  it('sees it also where a viewer holds a token that was taken before', async () => {
    const agreed = cookieHeader(await vitrine.ask('/auth/iiif-clickthrough'));
    const token = await tokenOf(vitrine, 1, { cookie: agreed });
    expect(token).toBeDefined();
    const { secret } = await make();
    const cookie = cookieHeader(await open(secret, { cookie: agreed }));
    const held = { cookie, authorization: `Bearer ${token}`, 'sec-fetch-dest': 'empty' };
    expect((await info('closed', held)).status).toBe(200);
    expect((await info('closed', { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it('is offered the way back to the viewer where that shows a login', async () => {
    const { cookie } = await guestOf();
    for (const path of ['/auth/iiif-login', '/auth/iiif/2/access']) {
      expect((await vitrine.ask(path, { headers: { cookie } })).body).toContain('Go on in the viewer');
      expect((await vitrine.ask(path)).body).not.toContain('Go on in the viewer');
    }
    expect((await vitrine.ask('/auth/iiif-login?next=/', { headers: { cookie } })).body).not.toContain('Go on');
  });

  it('sees nothing more elsewhere', async () => {
    const { cookie } = await guestOf({ folder: 'atlas/page2.tif' });
    for (const folder of ['atlas', 'closed', 'letters']) {
      expect((await tile(folder, { cookie })).status).toBe((await tile(folder)).status);
      expect((await info(folder, { cookie })).body).toBe((await info(folder, {})).body);
    }
    expect((await vitrine.tile('/iiif/images/atlas!page2.tif/full/300,/0/default.jpg', { cookie })).status).toBe(200);
    expect((await vitrine.ask('/auth/admin/', { headers: { cookie } })).status).not.toBe(200);
  });

  it('sees a smaller picture and no more, where that is what the link is for', async () => {
    const { cookie } = await guestOf({ pixels: 800 });
    expect((await tile('closed', { cookie })).status).toBe(403);
    expect((await tile('closed', { cookie }, '!!800')).status).toBe(200);
    expect((await tile('closed', { cookie }, '!!801')).headers['x-deny']).toBe('404');
    expect((await tile('closed', {}, '!!800')).headers['x-deny']).toBe('404');
    expect((await info('closed', { cookie })).headers.location).toContain('!!800/info.json');
  });

  it('may open several, be logged in, and agree to terms: none takes anything from the others', async () => {
    const first = await guestOf();
    const { secret } = await make({ folder: 'atlas/page2.tif' });
    const cookie = cookieHeader(await open(secret, { cookie: first.cookie }));
    expect((await tile('closed', { cookie })).status).toBe(200);
    expect((await tile('atlas', { cookie })).status).toBe(401);
    const both = `${cookie}; ${(await vitrine.logIn()).cookie}`;
    for (const folder of ['closed', 'atlas', 'letters']) {
      expect((await tile(folder, { cookie: both })).status).toBe(200);
    }
  });

  it('has to make room for readers who are logged in', async () => {
    const { cookie } = await guestOf();
    expect((await tile('closed', { cookie })).headers['x-visitor']).toBe('known');
  });
});

describe('the end of a link', () => {
  it('is its time: nginx may remember no answer for longer, and tokens last no longer', async () => {
    const { secret, cookie } = await guestOf();
    const token = await tokenOf(vitrine, 2, { cookie });
    expect((await tile('closed', { cookie })).headers['x-grant-life']).toBe('2');
    vitrine.ahead += HOUR - 1500;
    expect((await tile('closed', { cookie })).headers['x-grant-life']).toBe('1');
    vitrine.ahead += 1000;
    expect((await tile('closed', { cookie })).headers['x-grant-life']).toBeUndefined();
    vitrine.ahead += 500;
    expect((await tile('closed', { cookie })).status).toBe(403);
    expect((await info('closed', { cookie })).status).toBe(401);
    expect(await probe('closed', token)).toMatchObject({ status: 403 });
    expect(await tokenOf(vitrine, 1, { cookie })).toBeUndefined();
    expect(heading(await open(secret, { cookie }))).toEqual(OVER);
  });

  it('is when it is revoked, at once, and for whom it is open already', async () => {
    const { share, secret, cookie } = await guestOf();
    const [one, two] = [await tokenOf(vitrine, 1, { cookie }), await tokenOf(vitrine, 2, { cookie })];
    expect((await tile('closed', { cookie })).status).toBe(200);
    await vitrine.shares.revoke(share.id);
    expect((await tile('closed', { cookie })).status).toBe(403);
    expect((await info('closed', { authorization: `Bearer ${one}` })).status).toBe(401);
    expect(await probe('closed', two)).toMatchObject({ status: 403 });
    expect((await vitrine.ask('/iiif/manifests/closed', { headers: { cookie } })).status).toBe(401);
    expect(await tokenOf(vitrine, 2, { cookie })).toBeUndefined();
    expect(heading(await open(secret, { cookie }))).toEqual(OVER);
  });

  it('is seen within seconds where another process revokes it', async () => {
    const { share, cookie } = await guestOf();
    expect((await tile('closed', { cookie })).status).toBe(200);
    const other = await openDatabase(vitrine.config.database, { warn: () => undefined });
    await new Shares(
      other.shares,
      () => new Date(),
      (path) => Promise.resolve(path),
    ).revoke(share.id);
    await other.close();
    const revoked = performance.now();
    await until('it is refused', async () => (await tile('closed', { cookie })).status === 403);
    expect(performance.now() - revoked).toBeLessThan(10_000);
  });

  it('keeps it in the list for 90 days', async () => {
    const { share } = await make();
    vitrine.ahead += HOUR + 89 * 24 * HOUR;
    await vitrine.sweeper.sweep();
    expect((await vitrine.shares.list()).map(({ id }) => id)).toContain(share.id);
    vitrine.ahead += 24 * HOUR + 1000;
    await vitrine.sweeper.sweep();
    expect((await vitrine.shares.list()).map(({ id }) => id)).not.toContain(share.id);
    vitrine.ahead = 0;
  });
});
