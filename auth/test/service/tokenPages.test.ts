// Whatever a viewer, or somebody who plays one, writes into `origin` and `messageId`.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scriptOf, runFramed } from '../support/framed.ts';
import { INFO, TILE, VIEWER } from '../support/auth1.ts';
import { TOKEN_PATHS } from '../support/patterns.ts';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start();
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '-->',
  ']]>',
  '"',
  "'",
  '`${alert(1)}`',
  '\\',
  '\\u003c',
  '\u2028',
  '\u2029',
  '\0',
  '\r\n',
  ';alert(1)//',
  '*/alert(1)/*',
  '&lt;script&gt;',
  '<%= 1 %>',
  '__proto__',
  '\ud800',
  '\ufeff',
  'é',
  '\u{1F5DD}',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const site = fc
  .tuple(
    fc.constantFrom('https://', 'http://', 'HTTPS://'),
    fc.webAuthority({ withPort: true }),
    fc.constantFrom('', '/'),
  )
  .map((parts) => parts.join(''));
const origins = fc.oneof(
  site,
  fc.tuple(site, text).map((parts) => parts.join('')),
  text,
  fc.webUrl(),
  fc.constantFrom(
    ...['*', 'null', '/', '', '//evil.example', 'https:', 'https://', 'https:///x', 'https:\\\\evil.example'],
    ...['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'about:blank', 'blob:https://a.example/x'],
    ...['https://a@evil.example', 'https://a:b@evil.example', 'https://[::1]:8080', 'https://[::1', 'https://*'],
    ...[
      `https://${'a'.repeat(10_000)}.example`,
      'https://a.example"',
      'ftp://a.example',
      'wss://a.example',
      'https://a.example:99999',
    ],
  ),
);
const written = (value: string): string => encodeURIComponent(value.toWellFormed());

const versions = [1, 2] as const;
const isToken = (value: unknown): boolean => typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value);

describe.each(versions)('rows 29, 30, 31, 92 and 98: the page of the token service %i', (version) => {
  const ask = (query: string, withCookie = true) =>
    vitrine.ask(`${TOKEN_PATHS[version]}?${query}`, { headers: withCookie ? { cookie } : {} });

  it('posts to exactly the origin that was named, or to nobody, and runs nothing else', async () => {
    let tokens = 0;
    await fc.assert(
      fc.asyncProperty(text, origins, fc.boolean(), async (messageId, origin, loggedIn) => {
        const page = await ask(`messageId=${written(messageId)}&origin=${written(origin)}`, loggedIn);
        expect(page.status).toBe(200);
        expect(page.headers['content-type']).toMatch(/^text\/html/);
        const { posted, foreign } = await runFramed(page.body);
        expect(foreign).toEqual([]);
        if (posted.length === 0) {
          expect(page.body).not.toContain('eyJhbGci');
          return;
        }
        expect(posted).toHaveLength(1);
        const [{ message, target }] = posted as [(typeof posted)[0]];
        expect(target).toBe(new URL(origin).origin);
        expect(target).toMatch(/^https?:\/\/[^/]+$/);
        expect(target).not.toMatch(/[\s<>"'@\\]/);
        expect(message['messageId']).toBe(messageId.toWellFormed());
        expect(isToken(message['accessToken'])).toBe(loggedIn);
        if (loggedIn) tokens += 1;
      }),
      { numRuns: 150 },
    );
    // Or nothing was shown.
    expect(tokens).toBeGreaterThan(10);
  });

  it('holds no token where the query is no query of the specification', async () => {
    const part = fc.constantFrom(
      'messageId',
      'origin',
      'messageId=1',
      `origin=${VIEWER}`,
      'messageId[]=1',
      'origin[x]=1',
    );
    const junk = fc.oneof(
      part,
      text.map(written),
      fc.constantFrom('%', '%ff', '%00', '&&', '=', '__proto__=1', 'a.b=c'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { maxLength: 5 }), async (parts) => {
        const query = parts.join('&');
        const answer = await ask(query);
        expect(answer.status).toBe(200);
        const values = new URLSearchParams(query);
        const once = values.getAll('messageId').length === 1 && values.getAll('origin').length === 1;
        const asJson = version === 1 && !values.has('messageId');
        if (asJson) expect(answer.headers['content-type']).toMatch(/^application\/json/);
        else if (!once) {
          expect((await runFramed(answer.body)).posted).toEqual([]);
          expect(answer.body).not.toContain('eyJhbGci');
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([2000, 2001, 10_000])('a messageId of %i characters is taken whole or not at all', async (length) => {
    const messageId = 'x'.repeat(length);
    const { posted } = await runFramed((await ask(`messageId=${messageId}&origin=${VIEWER}`)).body);
    expect(posted.map(({ message }) => message['messageId'])).toEqual(length === 2000 ? [messageId] : []);
  });
});

/** Every byte that a header may hold, as a character; node's client sends no other. */
const VISIBLE = Array.from({ length: 224 }, (_, index) => String.fromCharCode(0x20 + index)).filter(
  (character) => character !== '\u007f',
);

describe('rows 38 and 73: any Authorization header', () => {
  it('counts as none, and never fails', async () => {
    const scheme = fc.constantFrom('Bearer ', 'bearer ', 'Basic ', 'Digest ', 'Bearer', 'Bearer  ', '');
    const value = fc.oneof(
      fc.constantFrom('undefined', 'null', 'a.b.c', '..', '....', 'x'.repeat(6000), `${'a'.repeat(3000)}.b.c`),
      fc.base64String({ maxLength: 80 }),
      fc.tuple(fc.base64String(), fc.base64String(), fc.base64String()).map((parts) => parts.join('.')),
      fc.string({ unit: fc.constantFrom(...VISIBLE) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.tuple(scheme, value), async (parts) => {
        const authorization = parts.join('');
        expect((await vitrine.ask(INFO, { headers: { authorization } })).status).toBe(401);
        expect((await vitrine.tile(TILE, { authorization })).status).toBe(401);
        const probe = await vitrine.ask('/auth/iiif/2/probe/atlas!page1.tif', { headers: { authorization } });
        expect([probe.status, probe.json()['status']]).toEqual([200, 401]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the judge of these pages', () => {
  const page = async (): Promise<string> =>
    (await vitrine.ask(`${TOKEN_PATHS[2]}?messageId=1&origin=${VIEWER}`, { headers: { cookie } })).body;

  it('sees a script that is not ours', async () => {
    const ours = await page();
    expect((await runFramed(ours)).foreign).toEqual([]);
    expect((await runFramed(ours.replace('const origin', 'alert;const origin'))).foreign).toContain('alert');
    expect(() => scriptOf(ours.replace('</body>', '<img src=x onerror=alert(1)></body>'))).toThrow('other elements');
    expect(() => scriptOf(ours.replace('"1"', '"</script><script>alert(1)</script>"'))).toThrow('other elements');
    await expect(runFramed(ours.replace('"1"', '"1'))).rejects.toThrow(SyntaxError);
  });
});
