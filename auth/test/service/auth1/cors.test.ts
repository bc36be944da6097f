import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieHeader, countHeader, type Answer } from '../../support/ask.ts';
import { INFO, TILE, VIEWER, askToken } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start();
});
afterAll(() => vitrine.stop());

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
    vitrine.write('atlas/broken.tif');
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

  it('row 52: nobody keeps an info.json, and Vary names Authorization and Cookie', async () => {
    const { cookie } = await vitrine.logIn();
    for (const headers of [{}, { cookie }]) {
      const answer = await vitrine.ask(INFO, { headers: { ...headers } });
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['vary']).toMatch(/Authorization, Cookie/);
    }
  });

  it('row 53: no 401 asks for Basic', async () => {
    for (const answer of [await vitrine.ask(INFO), await vitrine.tile(TILE), await frame('')]) {
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate'] ?? 'Bearer').toBe('Bearer');
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
