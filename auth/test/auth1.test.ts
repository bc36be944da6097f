// The rows of the login pattern, the token service, logout and CORS of the project's list of checks (docs/iiif-auth.md).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieHeader, countHeader, setCookies, type Answer } from './support/ask.ts';
import { ADMIN, READER, Vitrine } from './support/vitrine.ts';

const INFO = '/iiif/images/atlas!page1.tif/info.json';
const TILE = '/iiif/images/atlas!page1.tif/0,0,512,512/512,/0/default.jpg';
const VIEWER = 'https://viewer.example.net';

type Service = Record<string, unknown> & { service: Record<string, unknown>[] };

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start();
});
afterAll(() => vitrine.stop());

const loginServiceOf = (answer: Answer): Service => (answer.json()['service'] as Service[])[0] as Service;

/** What the page of the token service would do: the message and the origin it is posted to (`null`: to nobody). */
function posted(answer: Answer): { message: Record<string, unknown>; origin: string | null } {
  const read = (name: string): unknown =>
    JSON.parse(new RegExp(`const ${name} = (.*);`).exec(answer.body)?.[1] ?? 'undefined');
  return { message: read('message') as Record<string, unknown>, origin: read('origin') as string | null };
}

const frame = (query: string, cookie?: string): Promise<Answer> =>
  vitrine.ask(`/auth/iiif-token?${query}`, cookie === undefined ? {} : { headers: { cookie } });

async function tokenFor(cookie: string, origin = VIEWER): Promise<string> {
  const answer = await frame(`messageId=1&origin=${encodeURIComponent(origin)}`, cookie);
  return posted(answer).message['accessToken'] as string;
}

describe('Auth 1.0: the description', () => {
  let answer: Answer;
  beforeAll(async () => {
    answer = await vitrine.ask(INFO);
  });

  it('row 1: without credentials 401, with the full and true info.json as JSON', () => {
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toMatchObject({ protocol: 'http://iiif.io/api/image', width: 6000, height: 4000 });
    expect(answer.json()['tiles']).toHaveLength(1);
  });

  it('row 2: one service has the auth context and the login profile', () => {
    expect(loginServiceOf(answer)).toMatchObject({
      '@context': 'http://iiif.io/api/auth/1/context.json',
      profile: 'http://iiif.io/api/auth/1/login',
    });
  });

  it('row 3: it has a label that names the institution, and an @id', () => {
    expect(loginServiceOf(answer)['label']).toContain('Example Library');
    expect(loginServiceOf(answer)['@id']).toBe(`${vitrine.base}/auth/iiif-login`);
  });

  it('row 4: header, description and confirmLabel are there', () => {
    for (const name of ['header', 'description', 'confirmLabel', 'failureHeader', 'failureDescription']) {
      expect(loginServiceOf(answer)[name], name).toMatch(/\w/);
    }
  });

  it('row 5: the token service is nested in it', () => {
    expect(loginServiceOf(answer).service).toContainEqual({
      '@id': `${vitrine.base}/auth/iiif-token`,
      profile: 'http://iiif.io/api/auth/1/token',
    });
  });

  it('row 6: the logout service is nested in it, with a label', () => {
    expect(loginServiceOf(answer).service).toContainEqual({
      '@id': `${vitrine.base}/auth/logout`,
      profile: 'http://iiif.io/api/auth/1/logout',
      label: 'Log out of Example Library',
    });
  });

  it('row 7: the top @context is the one string of the Image API 2', () => {
    expect(answer.json()['@context']).toBe('http://iiif.io/api/image/2/context.json');
  });

  it.each(['atlas!page1.tif', 'atlas%2Fpage1.tif', 'atlas%21page1', 'atlas!page1'])(
    'row 8: @id is the address that was asked for (%s), with and without login',
    async (identifier) => {
      const { cookie } = await vitrine.logIn();
      for (const headers of [{}, { cookie }]) {
        const info = await vitrine.ask(`/iiif/images/${identifier}/info.json`, { headers: { ...headers } });
        expect(info.json()['@id']).toBe(`${vitrine.base}/iiif/images/${identifier}`);
      }
    },
  );

  it('row 9: no address of a service has a query or a fragment', () => {
    const login = loginServiceOf(answer);
    for (const service of [login, ...login.service]) expect(service['@id']).not.toMatch(/[?#]/);
  });

  it('row 11: an open image answers 200 to anybody, without auth services', async () => {
    const rule = { name: 'open', judge: () => 'allow' as const };
    const open = await Vitrine.start({ rules: [rule] });
    const info = await open.ask(INFO);
    expect(info.status).toBe(200);
    expect(info.json()).not.toHaveProperty('service');
    await open.stop();
  });
});

describe('Auth 1.0: the access cookie service', () => {
  it('row 12: GET answers a login page that can stand in a tab of its own', async () => {
    const answer = await vitrine.ask(`/auth/iiif-login?origin=${VIEWER}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.body).toMatch(/<form method="post" action="\/auth\/iiif-login">/);
    expect(setCookies(answer).size).toBe(0);
  });

  it('row 13: the last page closes the window, says so in words, and the cookie was set on the way', async () => {
    const { answer } = await vitrine.logIn();
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('window.close()');
    expect(answer.body).toContain('You can close this window now');
    expect(setCookies(answer).has('vitrine_access')).toBe(true);
  });

  it('row 13: who is logged in already gets that page at once', async () => {
    const { cookie } = await vitrine.logIn();
    const answer = await vitrine.ask(`/auth/iiif-login?origin=${VIEWER}`, { headers: { cookie } });
    expect(answer.body).toContain('window.close()');
  });

  it('row 14: the access cookie is Secure, HttpOnly, SameSite=None, for all paths and hours, not Partitioned', async () => {
    const { answer } = await vitrine.logIn();
    const cookie = setCookies(answer).get('vitrine_access') ?? '';
    for (const part of ['Secure', 'HttpOnly', 'SameSite=None', 'Path=/', 'Max-Age=28800'])
      expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/Partitioned|Domain/);
    expect(setCookies(answer).get('vitrine_account')).toMatch(/Path=\/auth;.*HttpOnly; SameSite=Strict/);
  });

  it('row 14: on plain http and a host that is not this machine it is Lax, and https makes it Secure again', async () => {
    const plain = await Vitrine.start({ env: { VIRTUAL_HOST: 'img.example.org' } });
    const { answer } = await plain.logIn();
    expect(setCookies(answer).get('vitrine_access')).toMatch(/SameSite=Lax/);
    expect(setCookies(answer).get('vitrine_access')).not.toMatch(/Secure/);
    await plain.stop();
    const https = await Vitrine.start({ env: { VIRTUAL_HOST: 'img.example.org', VIRTUAL_HOST_PROTO: 'https' } });
    const secure = await https.logIn();
    for (const line of setCookies(secure.answer).values()) expect(line).toContain('Secure');
    expect(setCookies(secure.answer).size).toBe(2);
    await https.stop();
  });

  it('row 15: neither the login nor the logout page has a Cross-Origin-Opener-Policy', async () => {
    const { answer } = await vitrine.logIn();
    const pages = [answer, await vitrine.ask('/auth/iiif-login'), await vitrine.ask('/auth/logout')];
    for (const page of pages) expect(page.headers).not.toHaveProperty('cross-origin-opener-policy');
  });

  it.each(['', '?origin=', `?origin=${VIEWER}`, `?origin=${VIEWER}/`, '?origin=nonsense'])(
    'row 19: works with and without an origin (%s)',
    async (query) => {
      const answer = await vitrine.ask(`/auth/iiif-login${query}`);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('<form');
    },
  );

  it('row 20: a wrong password sets no cookie, stays on the page, and tells nothing', async () => {
    const wrong = await vitrine.logIn({ email: READER.email, password: 'not this one' });
    const unknown = await vitrine.logIn({ email: 'nobody@example.org', password: 'not this one' });
    for (const { answer } of [wrong, unknown]) {
      expect(answer.status).toBe(401);
      expect(setCookies(answer).size).toBe(0);
      expect(answer.body).toContain('E-mail address or password is not right.');
    }
    const strip = (answer: Answer): string => answer.body.replace(/nonce="[^"]*"|value="[^"]*"/g, '');
    expect(strip(wrong.answer)).toBe(strip(unknown.answer));
  });

  it('row 20: after ten wrong passwords the account rests at this address; another one does not', async () => {
    const busy = await Vitrine.start();
    for (let attempt = 0; attempt < 10; attempt += 1) await busy.logIn({ email: READER.email, password: 'guess' });
    const { answer } = await busy.logIn();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(setCookies(answer).size).toBe(0);
    expect((await busy.logIn(ADMIN)).answer.status).toBe(200);
    await busy.stop();
  });
});

describe('Auth 1.0: the access token service', () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = (await vitrine.logIn()).cookie;
  });

  it('row 21: with the cookie and without messageId: JSON with token and lifetime', async () => {
    const answer = await frame('', cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toEqual({ accessToken: expect.any(String), expiresIn: 3600 });
  });

  it('row 22: without cookie: 401 missingCredentials', async () => {
    const answer = await frame('');
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ error: 'missingCredentials' });
  });

  it.each([
    'vitrine_access=garbage',
    'vitrine_access=',
    `vitrine_access=${'A'.repeat(43)}`,
    `vitrine_access=${'x'.repeat(4000)}`,
  ])('row 23: with a cookie that is none of ours: 401 invalidCredentials', async (garbage) => {
    const answer = await frame('', garbage);
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ error: 'invalidCredentials' });
  });

  it('row 24: the token opens the info.json', async () => {
    const answer = await vitrine.ask(INFO, { headers: { authorization: `Bearer ${await tokenFor(cookie)}` } });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ width: 6000, height: 4000 });
  });

  it('row 25: with messageId and origin: 200 HTML that posts messageId (a string) and token to that origin', async () => {
    const answer = await frame(`messageId=1&origin=${VIEWER}`, cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.body).toContain('window.parent.postMessage(message, origin)');
    expect(posted(answer)).toEqual({
      origin: VIEWER,
      message: { messageId: '1', accessToken: expect.any(String), expiresIn: 3600 },
    });
  });

  it('rows 26 and 27: without cookie HTTP 200 all the same, and the error is posted with the messageId', async () => {
    const answer = await frame(`messageId=1&origin=${VIEWER}`);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: VIEWER, message: { error: 'missingCredentials', messageId: '1' } });
  });

  it('row 28: an origin with a slash is the origin without it', async () => {
    expect(posted(await frame(`messageId=1&origin=${VIEWER}/`, cookie)).origin).toBe(VIEWER);
  });

  it.each([
    '*',
    '/',
    'null',
    '',
    'javascript:alert(1)',
    'https://ok.example@evil.example',
    'ftp://a.example',
    `https://${'x'.repeat(300)}`,
  ])('row 29: origin %j gets no token, and nothing is posted to anybody', async (origin) => {
    const answer = await frame(`messageId=1&origin=${encodeURIComponent(origin)}`, cookie);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: null, message: { error: 'invalidOrigin' } });
    expect(answer.body).not.toMatch(/accessToken|eyJ/);
  });

  it.each([
    'messageId=1',
    `messageId=1&origin=${VIEWER}&origin=https://evil.example`,
    `messageId=1&messageId=2&origin=${VIEWER}`,
    `messageId=${'x'.repeat(2001)}&origin=${VIEWER}`,
  ])('row 29: %s is an invalidRequest without token', async (query) => {
    const answer = await frame(query, cookie);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: null, message: { error: 'invalidRequest' } });
    expect(answer.body).not.toMatch(/accessToken|eyJ/);
  });

  it('row 29: a messageId of 10 kB is an invalidRequest', async () => {
    const answer = await frame(`messageId=${'x'.repeat(10_000)}&origin=${VIEWER}`, cookie);
    expect(posted(answer)).toMatchObject({ origin: null, message: { error: 'invalidRequest' } });
  });

  it.each(['</script><script>alert(1)</script>', `"';alert(1)//`, '<!--<script>', '\u2028alert(1)', '&lt;'])(
    'row 30: messageId %j is no markup and comes back as it was',
    async (messageId) => {
      const answer = await frame(`messageId=${encodeURIComponent(messageId)}&origin=${VIEWER}`, cookie);
      expect(answer.body.match(/<script/g)).toHaveLength(1);
      expect(answer.body.match(/<\/script/g)).toHaveLength(1);
      expect(answer.body).not.toContain('\u2028');
      expect(posted(answer).message['messageId']).toBe(messageId);
    },
  );

  it('row 30: markup in the origin is not echoed', async () => {
    const answer = await frame(
      `messageId=1&origin=${encodeURIComponent('https://a</script><script>alert(1)</script>')}`,
      cookie,
    );
    expect(answer.body.match(/<script/g)).toHaveLength(1);
    expect(posted(answer).origin).toBeNull();
  });

  it('row 31: the token service’s own address as messageId (Mirador), encoded and raw, comes back as it is', async () => {
    const address = `${vitrine.base}/auth/iiif-token`;
    for (const written of [encodeURIComponent(address), address]) {
      expect(posted(await frame(`messageId=${written}&origin=${VIEWER}`, cookie)).message['messageId']).toBe(address);
    }
  });

  it('row 32: the page may be framed by anybody, its script may run, nobody keeps it', async () => {
    for (const answer of [
      await frame(`messageId=1&origin=${VIEWER}`, cookie),
      await frame(`messageId=1&origin=${VIEWER}`),
    ]) {
      expect(answer.headers).not.toHaveProperty('x-frame-options');
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain('frame-ancestors *');
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'missing';
      expect(answer.body).toContain(`<script nonce="${nonce}">`);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('row 34: the token is not the cookie and does not hold it', async () => {
    const token = await tokenFor(cookie);
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const access = /vitrine_access=([^;]+)/.exec(cookie)?.[1] ?? 'missing';
    expect(token).not.toContain(access);
    expect(claims).not.toContain(access);
    expect(claims).not.toContain(READER.email);
  });

  it('row 35: the token that a script could read opens no image', async () => {
    const answer = await vitrine.tile(TILE, { authorization: `Bearer ${await tokenFor(cookie)}` });
    expect(answer.status).toBe(401);
  });

  it('row 35: the token of a client that asked for JSON does, and so does one posted to this very site', async () => {
    const plain = (await frame('', cookie)).json()['accessToken'] as string;
    for (const token of [plain, await tokenFor(cookie, vitrine.base)]) {
      const answer = await vitrine.tile(TILE, { authorization: `Bearer ${token}` });
      expect(answer.status).toBe(200);
    }
  });

  it('row 36: the cookie opens an image without any token', async () => {
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
  });

  it('row 37: an image request without anything is 401 with a short JSON body, no picture, no redirect', async () => {
    const answer = await vitrine.tile(TILE);
    expect(answer.status).toBe(401);
    expect(JSON.parse(String(answer.headers['x-deny-body']))).toEqual({
      error: 'login_required',
      message: expect.any(String),
    });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it.each([
    'Bearer undefined',
    'Bearer',
    '',
    'Basic x',
    'Basic YTpi',
    `Bearer ${'x'.repeat(60)}`,
    'Bearer a.b.c',
    'Bearer ..',
  ])('row 38: Authorization %j counts as none', async (authorization) => {
    for (const headers of [{}, { cookie }]) {
      const without = await vitrine.tile(TILE, { ...headers });
      expect((await vitrine.tile(TILE, { ...headers, authorization })).status).toBe(without.status);
      const info = await vitrine.ask(INFO, { headers: { ...headers } });
      expect((await vitrine.ask(INFO, { headers: { ...headers, authorization } })).body).toBe(info.body);
    }
  });

  it('row 39: an expired token counts as none', async () => {
    const late = await Vitrine.start();
    const session = await late.logIn();
    const token = posted(
      await late.ask(`/auth/iiif-token?messageId=1&origin=${VIEWER}`, { headers: { cookie: session.cookie } }),
    ).message['accessToken'];
    const headers = { authorization: `Bearer ${String(token)}` };
    expect((await late.ask(INFO, { headers })).status).toBe(200);
    late.ahead = 3601 * 1000;
    expect((await late.ask(INFO, { headers })).status).toBe(401);
    await late.stop();
  });

  it('row 40: where the database does not answer: 503 unavailable, in the frame 200 and unavailable', async () => {
    const broken = await Vitrine.start();
    const session = await broken.logIn();
    await broken.losesDatabase();
    const direct = await broken.ask('/auth/iiif-token', { headers: { cookie: session.cookie } });
    expect(direct.status).toBe(503);
    expect(direct.json()).toMatchObject({ error: 'unavailable' });
    const framed = await broken.ask(`/auth/iiif-token?messageId=1&origin=${VIEWER}`, {
      headers: { cookie: session.cookie },
    });
    expect(framed.status).toBe(200);
    expect(posted(framed)).toMatchObject({ origin: VIEWER, message: { error: 'unavailable', messageId: '1' } });
    expect((await broken.tile(TILE, { cookie: session.cookie })).status).toBe(500);
    expect((await broken.ask(INFO, { headers: { cookie: session.cookie } })).status).toBe(503);
    await broken.stop();
  });
});

describe('Auth 1.0: logout', () => {
  it('row 47: GET answers 2xx HTML and deletes both cookies with their attributes', async () => {
    const { cookie } = await vitrine.logIn();
    const answer = await vitrine.ask('/auth/logout', { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(setCookies(answer).get('vitrine_access')).toMatch(
      /=; Path=\/; Expires=Thu, 01 Jan 1970.*HttpOnly; Secure; SameSite=None/,
    );
    expect(setCookies(answer).get('vitrine_account')).toMatch(
      /=; Path=\/auth; Expires=Thu, 01 Jan 1970.*HttpOnly; SameSite=Strict/,
    );
  });

  it('rows 48 and 49: cookie and tokens of the session are refused at once', async () => {
    const { cookie } = await vitrine.logIn();
    const token = await tokenFor(cookie);
    const content = (await frame('', cookie)).json()['accessToken'] as string;
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
    // A viewer on another site opens the page in a tab: only the access cookie comes along.
    await vitrine.ask('/auth/logout', { headers: { cookie: /vitrine_access=[^;]+/.exec(cookie)?.[0] ?? '' } });

    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
    expect((await frame('', cookie)).json()).toMatchObject({ error: 'invalidCredentials' });
    expect((await vitrine.ask(INFO, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await vitrine.tile(TILE, { authorization: `Bearer ${content}` })).status).toBe(401);
  });

  it('row 47: without a login it answers the same', async () => {
    const answer = await vitrine.ask('/auth/logout');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('You are logged out');
  });
});

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
