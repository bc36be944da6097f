// Documents of a megabyte and more, and what is the same for small ones: encodings, entity tags, conditions.
import { request, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

const LARGE = '/iiif/3/manifests/large';
const SMALL = '/iiif/manifests/small';
const PAGES = 2000;

let vitrine: Vitrine;
beforeAll(async () => {
  const pages = Array.from({ length: PAGES }, (_, page) => `large/page${page}.tif`);
  vitrine = await Vitrine.start({ files: [...pages, 'small/page.tif'] });
});
afterAll(() => vitrine.stop());

/** Sends a request and does not read what comes. */
function begin(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(vitrine.base + path, { headers, agent: false }, resolve);
    sent.on('error', reject).end();
  });
}

async function bytesOf(path: string, headers: Record<string, string> = {}) {
  const response = await begin(path, headers);
  const chunks = (await response.toArray()) as Buffer[];
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

const GZIP = { 'Accept-Encoding': 'gzip, deflate, br' };
const itemsIn = (text: string): number => (JSON.parse(text) as { items: unknown[] }).items.length;

describe('a large manifest', () => {
  it('keeps nobody waiting for a slow reader, and nobody waits for one that has gone', async () => {
    const slow = await Promise.all(Array.from({ length: 20 }, () => begin(LARGE)));
    const gone = begin(LARGE).then((response) => response.destroy());
    for (let times = 0; times < 10; times += 1) expect((await vitrine.ask(SMALL)).status).toBe(200);
    expect(itemsIn((await vitrine.ask(LARGE)).body)).toBe(PAGES);
    await gone;
    const [one, ...others] = slow;
    for (const response of others) response.destroy();
    expect(itemsIn(Buffer.concat((await one?.toArray()) as Buffer[]).toString())).toBe(PAGES);
  });

  it('goes compressed to a client that takes that, of a known length once it is kept, and is the same document', async () => {
    const plain = await bytesOf(LARGE);
    expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
    const compressed = await bytesOf(LARGE, GZIP);
    expect([compressed.status, compressed.headers['content-encoding']]).toEqual([200, 'gzip']);
    expect(compressed.headers['content-length']).toBe(String(compressed.body.length));
    expect(gunzipSync(compressed.body).equals(plain.body)).toBe(true);
    expect(compressed.body.length).toBeLessThan(plain.body.length / 12);
    for (const { headers } of [plain, compressed]) expect(headers.vary).toMatch(/(^|, )Accept-Encoding(,|$)/);
    expect((await bytesOf(LARGE, { 'Accept-Encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
  });

  it('says of an image what viewers need in less than 1.6 kB', async () => {
    const { body } = await bytesOf(LARGE);
    expect(body.length / PAGES).toBeLessThan(1600);
    expect(body.toString().split('Log in to Example Library').length - 1).toBeLessThan(5);
  });
});

describe('an entity tag', () => {
  it.each([LARGE, SMALL, '/iiif/manifests/', '/iiif/3/manifests/'])(
    'of %s: a client that has the document gets 304',
    async (path) => {
      const { headers, body } = await bytesOf(path);
      expect(headers).toMatchObject({
        etag: expect.stringMatching(/^W\/"[\w-]{22}"$/),
        'cache-control': 'private, no-cache',
      });
      const etag = String(headers.etag);
      for (const more of [{}, GZIP]) {
        const again = await bytesOf(path, { 'If-None-Match': `"other", ${etag}`, ...more });
        expect([again.status, again.headers.etag, again.body.length]).toEqual([304, etag, 0]);
        expect(again.headers['access-control-allow-origin']).toBe('*');
      }
      const other = await bytesOf(path, { 'If-None-Match': '"other"' });
      expect([other.status, other.body.equals(body)]).toEqual([200, true]);
    },
  );

  it('is of one document: another in each version and folder', async () => {
    const paths = [LARGE, SMALL, '/iiif/3/manifests/small', '/iiif/manifests/large', '/iiif/manifests/'];
    const etags = await Promise.all(paths.map(async (path) => (await bytesOf(path)).headers.etag));
    expect(new Set(etags).size).toBe(paths.length);
  });

  it('is another one when the folder has changed', async () => {
    const before = await bytesOf(LARGE);
    const condition = { 'If-None-Match': String(before.headers.etag) };
    vitrine.write('large/page0.tif'); // as it was, but for the time
    expect((await bytesOf(LARGE, condition)).status).toBe(304); // the manifest says the same of it
    vitrine.write('large/page2000.tif');
    const after = await bytesOf(LARGE, condition);
    expect([after.status, itemsIn(after.body.toString())]).toEqual([200, PAGES + 1]);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });
});

it('HEAD says what GET would, without the document', async () => {
  const get = await bytesOf(SMALL, GZIP);
  const head = await vitrine.ask(SMALL, { method: 'HEAD', headers: GZIP });
  expect([head.status, head.body]).toEqual([200, '']);
  for (const name of ['etag', 'content-type', 'vary', 'cache-control'])
    expect(head.headers[name], name).toBe(get.headers[name]);
});

it('a refusal is kept by nobody, and is never 304', async () => {
  const locked = await Vitrine.start({ env: { PROTECT_MANIFESTS: 'true' } });
  const path = '/iiif/3/manifests/atlas';
  const { cookie } = await locked.logIn();
  const allowed = await locked.ask(path, { headers: { cookie } });
  expect([allowed.status, allowed.headers['cache-control']]).toEqual([200, 'private, no-cache']);
  const condition = { 'if-none-match': String(allowed.headers['etag']) };
  expect((await locked.ask(path, { headers: { cookie, ...condition } })).status).toBe(304);
  const denied = await locked.ask(path, { headers: condition });
  expect([denied.status, denied.headers['etag'], denied.headers['cache-control']]).toEqual([
    401,
    undefined,
    'no-store',
  ]);
  expect(denied.json()['service']).toMatchObject([{ '@type': 'AuthCookieService1', label: expect.any(String) }]);
  await locked.stop();
});
