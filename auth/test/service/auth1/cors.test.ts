import { describe, expect, it } from 'vitest';
import { cookieHeader, countHeader, type Answer } from '../../support/ask.ts';
import { INFO, TILE, VIEWER, askToken } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const vitrine = Vitrine.forTests();

const frame = (query: string, cookie?: string): Promise<Answer> => askToken(vitrine.base, query, cookie);

describe('CORS and caching of descriptions', () => {
  it('row 50: OPTIONS answers 204 without login, and names Authorization', async () => {
    const headers = {
      origin: VIEWER,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    for (const path of [INFO, '/iiif/manifests/atlas', '/iiif/manifests/', '/iiif/images/none/info.json']) {
      const answer = await vitrine.ask(path, { method: 'OPTIONS', headers });
      expect(answer.status).toBe(204);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers['access-control-allow-headers']).toContain('Authorization');
    }
  });

  it('row 51: every status has exactly one Access-Control-Allow-Origin: *, and never credentials', async () => {
    const { cookie } = await vitrine.logIn();
    vitrine.write('atlas/broken.tif', 'II*\0');
    const answers = [
      [200, await vitrine.ask(INFO, { headers: { origin: VIEWER, cookie } })],
      [401, await vitrine.ask(INFO, { headers: { origin: VIEWER } })],
      [404, await vitrine.ask('/iiif/images/none.tif/info.json', { headers: { origin: VIEWER } })],
      [400, await vitrine.ask('/iiif/images/..%2Fx/info.json', { headers: { origin: VIEWER } })],
      [500, await vitrine.ask('/iiif/images/atlas!broken.tif/info.json', { headers: { origin: VIEWER } })],
      [405, await vitrine.ask(INFO, { method: 'POST', headers: { origin: VIEWER } })],
    ] as const;
    for (const [status, answer] of answers) {
      expect(answer.status).toBe(status);
      expect(countHeader(answer, 'Access-Control-Allow-Origin'), String(status)).toBe(1);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it('row 52: no cache shares an info.json, nobody keeps a refusal, and Vary names Authorization and Cookie', async () => {
    const { cookie } = await vitrine.logIn();
    const states = [
      [401, 'no-store', {}],
      [200, 'private, no-cache', { cookie }],
    ] as const;
    for (const [status, caching, headers] of states) {
      const answer = await vitrine.ask(INFO, { headers: { ...headers } });
      expect([answer.status, answer.headers['cache-control']]).toEqual([status, caching]);
      expect(answer.headers['vary']).toMatch(/Authorization, Cookie/);
    }
  });

  it('row 52: a browser that has an info.json hears 304 while it may see it, and 401 after the logout', async () => {
    const { cookie } = await vitrine.logIn();
    const first = await vitrine.ask(INFO, { headers: { cookie } });
    const known = { cookie, 'if-none-match': String(first.headers['etag']) };
    const again = await vitrine.ask(INFO, { headers: known });
    expect([again.status, again.body]).toEqual([304, '']);
    for (const name of ['etag', 'cache-control', 'vary', 'access-control-allow-origin'])
      expect(again.headers[name], name).toBe(first.headers[name]);

    const asJsonLd = await vitrine.ask(INFO, { headers: { ...known, accept: 'application/ld+json' } });
    expect(asJsonLd.status, 'another form is another document').toBe(200);
    expect((await vitrine.ask(INFO, { headers: { ...known, 'if-none-match': '"other"' } })).body).toBe(first.body);

    await vitrine.ask('/auth/logout', { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
    for (const tag of [known['if-none-match'], '*']) {
      const refused = await vitrine.ask(INFO, { headers: { cookie, 'if-none-match': tag } });
      expect([refused.status, refused.headers['cache-control']]).toEqual([401, 'no-store']);
      expect(refused.headers).not.toHaveProperty('etag');
    }
  });

  it('row 53: no 401 asks for Basic', async () => {
    const answers = [
      ['Bearer', await vitrine.ask(INFO)],
      [undefined, await vitrine.tile(TILE)],
      [undefined, await frame('')],
    ] as const;
    for (const [scheme, answer] of answers) {
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe(scheme);
    }
  });

  it('row 54: HEAD answers as GET does, without a body', async () => {
    const get = await vitrine.ask(INFO);
    const head = await vitrine.ask(INFO, { method: 'HEAD' });
    const comparable = ({ status, headers }: Answer): object => ({ status, headers: { ...headers, date: '' } });
    expect(comparable(head)).toEqual(comparable(get));
    expect(head.body).toBe('');
  });

  it('a script’s request for an info.json is not opened by the cookie, a navigation’s is (Mirador 3)', async () => {
    const { answer } = await vitrine.logIn();
    const cookie = cookieHeader(answer);
    expect((await vitrine.ask(INFO, { headers: { cookie, 'sec-fetch-dest': 'empty' } })).status).toBe(401);
    expect((await vitrine.ask(INFO, { headers: { cookie, 'sec-fetch-dest': 'document' } })).status).toBe(200);
    expect((await vitrine.ask(INFO, { headers: { cookie } })).status).toBe(200);
  });
});
