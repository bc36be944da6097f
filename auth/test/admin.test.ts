import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PUBLIC_URL, panelUnderTest, type LoggedIn } from './support/panel.ts';
import { withRoles } from './support/people.ts';

const ROOT = '/auth/admin';
const NAVIGATION = { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' };
const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin' };
const MARKUP = '</script><img src=x onerror=alert(1)>';

describe('the fence around the admin panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
  });

  const get = (address: string, who?: LoggedIn) =>
    request(panel.app)
      .get(ROOT + address)
      .set('Cookie', who?.cookie ?? '');
  const post = (address: string, who?: LoggedIn) =>
    request(panel.app)
      .post(ROOT + address)
      .set('Cookie', who?.cookie ?? '');

  test.each(['/', '', '/resources/users', '/no/such/page'])(
    'sends somebody who is not logged in from %s to the login',
    async (address) => {
      const answer = await get(address).set(NAVIGATION);
      expect(answer.status).toBe(302);
      expect(answer.headers['location']).toBe('/auth/iiif-login?next=%2Fauth%2Fadmin%2F');
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  test('takes a browser without Sec-Fetch headers (plain http) to the login too', async () => {
    expect((await get('/').set('Accept', 'text/html,*/*')).status).toBe(302);
  });

  test.each(['/api/resources/users/actions/list', '/api/dashboard', '/frontend/assets/app.bundle.js'])(
    'answers 401 at %s without login',
    async (address) => {
      const answer = await get(address);
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({ error: 'unauthorized', message: 'Log in first.' });
    },
  );

  test.each(['/login', '/logout', '/refresh-token', '/api/pages/any'])(
    'has none of AdminJS’s own %s',
    async (address) => {
      expect((await get(address, root)).status).toBe(404);
      expect((await post(address, root).set(SAME_ORIGIN)).status).toBe(404);
    },
  );

  describe('row 78: an ordinary user', () => {
    let ada: LoggedIn;
    beforeEach(async () => {
      ada = await panel.logIn('ada@museum.test', [], MARKUP);
    });

    test('gets a page that says who may, and 403', async () => {
      const answer = await get('/', ada).set(NAVIGATION);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('ada@museum.test');
      expect(answer.text).not.toContain('<img');
    });

    test.each(['/api/resources/users/actions/list', '/frontend/assets/components.bundle.js', '/resources/users'])(
      'gets 403 at %s',
      async (address) => {
        expect((await get(address, ada)).status).toBe(403);
      },
    );

    test('gets 403 for a change, and nothing is changed', async () => {
      const address = `/api/resources/users/records/${ada.user.id}/edit`;
      const answer = await post(address, ada).set(SAME_ORIGIN).field('roles', 'admin');
      expect(answer.status).toBe(403);
      expect((await panel.users.find(ada.user.id))?.roles).toEqual([]);
    });
  });

  describe('row 81: a user who is no longer an administrator', () => {
    let eve: LoggedIn;
    beforeEach(async () => {
      eve = await panel.logIn('eve@museum.test', ['admin']);
      expect((await get('/api/resources/users/actions/list', eve)).status).toBe(200);
    });

    test('is out at the next request when the role is taken in the store', async () => {
      await panel.userStore.update(withRoles(eve.user, []));
      expect((await get('/api/resources/users/actions/list', eve)).status).toBe(403);
    });

    test('is out at the next request when disabled', async () => {
      await panel.users.change(eve.user.id, { active: false });
      expect((await get('/api/resources/users/actions/list', eve)).status).toBe(401);
    });

    test('is out at the next request when the session is ended', async () => {
      await panel.sessions.end(eve.sessionId);
      expect((await get('/', eve).set(NAVIGATION)).status).toBe(302);
    });
  });

  describe('row 58: a request that changes something', () => {
    const remove = async (headers: Record<string, string>) => {
      const ada = await panel.logIn('ada@museum.test', []);
      const answer = await post(`/api/resources/users/records/${ada.user.id}/delete`, root).set(headers);
      return { status: answer.status, gone: (await panel.users.find(ada.user.id)) === undefined };
    };

    test.each([
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: PUBLIC_URL },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      {},
    ])('is refused with %j', async (headers) => {
      expect(await remove(headers)).toEqual({ status: 403, gone: false });
    });

    test.each([SAME_ORIGIN, { Origin: PUBLIC_URL }])('is done with %j', async (headers) => {
      expect(await remove(headers)).toEqual({ status: 200, gone: true });
    });

    test('is never made by HEAD, which AdminJS takes for a POST', async () => {
      const ada = await panel.logIn('ada@museum.test', []);
      const address = `${ROOT}/api/resources/users/records/${ada.user.id}/delete`;
      expect((await request(panel.app).head(address).set('Cookie', root.cookie)).status).toBe(405);
      expect((await get(address.slice(ROOT.length), root)).status).toBe(200);
      expect(await panel.users.find(ada.user.id)).toBeDefined();
    });
  });

  describe('row 82: a form', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'vitrine-'));
      vi.stubEnv('TMPDIR', folder);
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });

    const NEW_USER = '/api/resources/users/actions/new';
    const large = Buffer.alloc(200_000);

    test('of somebody who is not logged in is not read', async () => {
      const answer = await post(NEW_USER).set(SAME_ORIGIN).attach('file', large, 'large.bin');
      expect(answer.status).toBe(401);
      expect(readdirSync(folder)).toEqual([]);
    });

    test('with a file is refused, and the file is written nowhere', async () => {
      const answer = await post(NEW_USER, root).set(SAME_ORIGIN).attach('file', Buffer.from('x'), 'small.txt');
      expect(answer.status).toBe(400);
      expect(readdirSync(folder)).toEqual([]);
    });

    test('that is too large is refused', async () => {
      expect((await post(NEW_USER, root).set(SAME_ORIGIN).attach('file', large, 'large.bin')).status).toBe(413);
      expect(readdirSync(folder)).toEqual([]);
    });

    test.each(['email[$ne]', 'roles.0', 'a'.repeat(100)])('with a field named %s is refused', async (name) => {
      expect((await post(NEW_USER, root).set(SAME_ORIGIN).field(name, 'x')).status).toBe(400);
    });

    test('that is JSON, or cut off, is refused', async () => {
      expect((await post(NEW_USER, root).set(SAME_ORIGIN).send({ email: {} })).status).toBe(415);
      const cut = post(NEW_USER, root).set(SAME_ORIGIN).set('Content-Type', 'multipart/form-data; boundary=x');
      expect((await cut.send('--x\r\nContent-Disposition')).status).toBe(400);
    });
  });

  describe('row 80: the page', () => {
    test('keeps markup in the administrator’s name and the institution’s inert', async () => {
      panel = panelUnderTest(`Museum ${MARKUP}`);
      const mallory = await panel.logIn('mallory@museum.test', ['admin'], MARKUP);
      const page = (await get('/resources/users', mallory).set(NAVIGATION)).text;
      expect(page).not.toContain('<img');
      expect(page).toContain('\\u003c/script>\\u003cimg src=x onerror=alert(1)>');
      expect(page).toContain('<title>Museum &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;: administration</title>');
    });

    test('and behind characters that end a line in JavaScript', async () => {
      const mallory = await panel.logIn('mallory@museum.test', ['admin'], `a\u2028${MARKUP}<script>alert(1)</script>`);
      const page = (await get('/resources/users', mallory).set(NAVIGATION)).text;
      expect(page).not.toContain('<img');
      expect(page).not.toMatch(/<script[^>]*>alert/);
    });

    test('runs only its own scripts, asks no other host for anything, and is kept and framed by nobody', async () => {
      const answer = await get('/', root).set(NAVIGATION);
      const policy = answer.headers['content-security-policy'] ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'nonce-[^']{20,}'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(answer.text).not.toMatch(/<(script|link|img)[^>]*https?:/);
      expect(answer.text).not.toContain('<script>');
      expect(answer.text.split(` nonce="${nonce}">`)).toHaveLength(3);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
      });
    });

    test('tells the browser nothing of the administrator but e-mail, name and address', async () => {
      const page = (await get('/', root).set(NAVIGATION)).text;
      const state = /REDUX_STATE = (.*);/.exec(page)?.[1] ?? '{}';
      const { session } = JSON.parse(state) as { session: object };
      expect(session).toEqual({ email: 'root@museum.test', title: 'Root', address: expect.any(String) as string });
      expect(page).not.toContain(root.sessionId);
    });

    test('gets its scripts, which a browser may keep', async () => {
      const page = (await get('/', root).set(NAVIGATION)).text;
      const named = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
      const scripts = named(/<script[^>]* src="\/auth\/admin([^"]+)"/g, page);
      expect(scripts).toHaveLength(4);
      // The last one is a module, and what it needs is there too.
      const folder = (scripts.at(-1) ?? '').replace(/[^/]+$/, '');
      const main = (await get(scripts.at(-1) ?? '', root).buffer(true)).text;
      const modules = named(/'\.\/([a-zA-Z]+\.mjs)'/g, main).map((name) => folder + name);
      expect(modules.length).toBeGreaterThan(1);
      for (const script of [...scripts, ...modules]) {
        const answer = await get(script, root).buffer(false);
        expect(answer.status).toBe(200);
        expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
        expect(answer.headers['cache-control']).toBe('private, no-cache');
      }
      expect(panel.errors).toEqual([]);
    });

    test('gets its styles, which a browser may keep', async () => {
      const page = (await get('/', root).set(NAVIGATION)).text;
      const [style] = [...page.matchAll(/<link rel="stylesheet"[^>]* href="\/auth\/admin([^"]+)"/g)];
      const answer = await get(style?.[1] ?? '', root);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'private, no-cache',
      });
    });
  });

  test('a store that does not answer is the application’s 503', async () => {
    panel.sessionStore.unavailable = true;
    expect((await get('/', root).set(NAVIGATION)).status).toBe(503);
  });
});
