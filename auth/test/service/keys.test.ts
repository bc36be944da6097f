// What a program with a key gets, and what not.
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { Keys } from '../../src/keys/keys.ts';
import { until } from '../../../test-support/until.mjs';
import type { Answer } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const files = [
  'atlas/page2.tif',
  'clos/page1.tif',
  'atlas/page1.tif',
  'letters/page1.tif',
  'closed/page1.tif',
  'open/page1.tif',
];
const access = { closed: 'nobody', open: 'everyone', letters: [{ who: 'users' }, { who: 'everyone', sees: 700 }] };
const vitrine = Vitrine.forTests({ files, access, env: { PROTECT_MANIFESTS: 'true' } });

const HOUR = 3_600_000;
let made = 0;
/** The headers of a program with a new key for these folders. */
async function keyFor(folders: string[], { pixels = Infinity, hours = 1 } = {}) {
  const expiresAt = new Date(Date.now() + vitrine.ahead + hours * HOUR);
  const { key, secret } = await vitrine.keys.add({ name: `key ${++made}`, folders, pixels, expiresAt });
  return { key, headers: { authorization: `Bearer ${secret}` } };
}
type Headers = Record<string, string>;
const tile = (folder: string, headers: Headers = {}, tier = ''): Promise<Answer> =>
  vitrine.tile(`/iiif/images/${folder}!page1.tif${tier}/full/300,/0/default.jpg`, headers);
const info = (folder: string, headers: Headers, tier = ''): Promise<Answer> =>
  vitrine.ask(`/iiif/images/${folder}!page1.tif${tier}/info.json`, { headers });
const probeAnswer = (folder: string, headers: Headers, tier = ''): Promise<Answer> =>
  vitrine.ask(`/auth/iiif/2/probe/${folder}!page1.tif${tier}`, { headers });
const probe = async (...asked: Parameters<typeof probeAnswer>) => (await probeAnswer(...asked)).json();

describe('a key for a folder', () => {
  it('opens its images, descriptions, probes and manifests, where no account could as well', async () => {
    const { headers } = await keyFor(['atlas', 'closed']);
    for (const folder of ['atlas', 'closed']) {
      expect((await tile(folder, headers)).status).toBe(200);
      expect((await info(folder, headers)).status).toBe(200);
      expect((await info(folder, { ...headers, 'sec-fetch-dest': 'empty' })).status).toBe(200);
      expect(await probe(folder, headers)).toMatchObject({ status: 200 });
      for (const version of ['', '3/']) {
        expect((await vitrine.ask(`/iiif/${version}manifests/${folder}`, { headers })).status).toBe(200);
      }
    }
  });

  it('counts for nothing elsewhere: each answer is that without any', async () => {
    const { headers } = await keyFor(['atlas/page2.tif', 'clos']);
    for (const folder of ['atlas', 'closed', 'letters', 'open']) {
      for (const ask of [tile, info, probeAnswer]) {
        const answer = async (sent: Headers) => {
          const { status, body } = await ask(folder, sent);
          return [status, body];
        };
        expect(await answer(headers)).toEqual(await answer({}));
      }
    }
    expect((await vitrine.ask('/iiif/manifests/atlas', { headers })).status).toBe(401);
  });

  it('takes nothing from a login in the same request', async () => {
    const { headers } = await keyFor(['closed']);
    const { cookie } = await vitrine.logIn();
    expect((await tile('atlas', { ...headers, cookie })).status).toBe(200);
    expect((await tile('closed', { ...headers, cookie })).status).toBe(200);
    expect((await tile('closed', { cookie })).status).toBe(403);
  });

  it('opens neither the panel nor a token', async () => {
    const { headers } = await keyFor(['.']);
    expect((await vitrine.ask('/auth/admin/', { headers })).status).not.toBe(200);
    expect((await vitrine.ask('/auth/iiif-token', { headers })).body).not.toContain('accessToken');
  });
});

describe('a key for a smaller picture', () => {
  it('opens that and no more, where the rules show nobody one', async () => {
    const { headers } = await keyFor(['closed'], { pixels: 800 });
    expect((await tile('closed', headers)).status).toBe(403);
    expect((await tile('closed', headers, '!!800')).status).toBe(200);
    expect((await tile('closed', headers, '!!801')).headers['x-deny']).toBe('404');
    expect((await tile('closed', {}, '!!800')).headers['x-deny']).toBe('404');
    expect(await probe('closed', headers)).toMatchObject({ status: 403 });
    expect(await probe('closed', headers, '!!800')).toMatchObject({ status: 200 });
    const described = await info('closed', headers);
    expect([described.status, described.headers.location]).toEqual([302, expect.stringContaining('!!800/info.json')]);
    expect((await info('closed', headers, '!!800')).status).toBe(200);
    // Who sees the pictures in some size is told which there are.
    expect((await vitrine.ask('/iiif/manifests/closed', { headers })).status).toBe(200);
    expect((await vitrine.ask('/iiif/manifests/closed')).status).toBe(401);
  });

  it('leaves the one that everybody sees', async () => {
    const { headers } = await keyFor(['letters'], { pixels: 300 });
    expect((await tile('letters', headers, '!!700')).status).toBe(200);
    expect((await info('letters', headers)).headers.location).toContain('!!700/');
  });
});

describe('the end of a key', () => {
  it('is its time: nginx may remember no answer for longer', async () => {
    const { headers } = await keyFor(['closed']);
    expect((await tile('closed', headers)).headers['x-grant-life']).toBe('2');
    vitrine.ahead += HOUR - 1500;
    expect((await tile('closed', headers)).headers['x-grant-life']).toBe('1');
    vitrine.ahead += 1000;
    expect((await tile('closed', headers)).headers['x-grant-life']).toBeUndefined();
    vitrine.ahead += 500;
    expect((await tile('closed', headers)).status).toBe(403);
    expect((await info('closed', headers)).status).toBe(401);
  });

  it('is when it is revoked: at once', async () => {
    const { key, headers } = await keyFor(['closed']);
    expect((await tile('closed', headers)).status).toBe(200);
    await vitrine.keys.revoke(key.id);
    expect((await tile('closed', headers)).status).toBe(403);
  });

  it('is seen within seconds where another process revokes it', async () => {
    const { key, headers } = await keyFor(['closed']);
    expect((await tile('closed', headers)).status).toBe(200);
    const other = await openDatabase(vitrine.config.database, { warn: () => undefined });
    await new Keys(
      other.keys,
      () => new Date(),
      (path) => Promise.resolve(path),
    ).revoke(key.id);
    await other.close();
    const revoked = performance.now();
    await until('it is refused', async () => (await tile('closed', headers)).status === 403);
    expect(performance.now() - revoked).toBeLessThan(10_000);
  });
});

describe('a wrong key', () => {
  it('is answered as none', async () => {
    for (const wrong of ['vitrine_', `vitrine_${'A'.repeat(43)}`, `vitrine_${'A'.repeat(5000)}`, 'A'.repeat(43)]) {
      const headers = { authorization: `Bearer ${wrong}` };
      expect((await tile('atlas', headers)).status).toBe(401);
      expect((await info('atlas', headers)).body).toBe((await info('atlas', {})).body);
      expect((await tile('open', headers)).status).toBe(200);
    }
  });

  it('one in the address or in a cookie is none', async () => {
    const { headers } = await keyFor(['closed']);
    const secret = headers.authorization.slice('Bearer '.length);
    expect((await tile('closed', { cookie: `vitrine_access=${secret}` })).status).toBe(403);
    expect((await tile('closed', { authorization: secret })).status).toBe(403);
    expect((await info('closed', {}, `?key=${secret}`)).status).not.toBe(200);
  });
});

it('its use is noted, to the hour, and its secret stands in no log', async () => {
  const { key, headers } = await keyFor(['closed']);
  const noted = async () => (await vitrine.keys.list()).find(({ id }) => id === key.id)?.lastUsedAt;
  expect(await noted()).toBeUndefined();
  await tile('closed', headers);
  await until('it is noted', async () => (await noted()) !== undefined);
  const first = await noted();
  await tile('closed', headers);
  expect(await noted()).toEqual(first);
  expect(vitrine.log.join('\n')).not.toContain(headers.authorization.slice('Bearer vitrine_'.length));
});
