// The access services that need no account: click-through and kiosk, of both versions.
import { describe, expect, it } from 'vitest';
import { cookieHeader, setCookies, type Answer } from '../../support/ask.ts';
import { VIEWER } from '../../support/auth1.ts';
import {
  agree,
  askTile,
  AT_THE_KIOSK,
  ELSEWHERE,
  enterKiosk,
  headersOf,
  image,
  IN_THE_NETWORK,
  patternsForTests,
  startWithPatterns,
} from '../../support/patterns.ts';

const CLICKTHROUGH = '/auth/iiif-clickthrough';
const AGREE = '/auth/iiif/2/agree';
const KIOSKS = ['/auth/iiif-kiosk', '/auth/iiif/2/kiosk'];

const vitrine = patternsForTests();

const openFrom = (address: string, path: string): Promise<Answer> =>
  vitrine.ask(`${path}?origin=${encodeURIComponent(VIEWER)}`, { headers: headersOf({ address }) });
const post = (headers: Record<string, string> = {}): Promise<Answer> =>
  vitrine.ask(AGREE, { method: 'POST', headers: { ...headersOf(), ...headers } });

function expectToCloseItself(answer: Answer): void {
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/html/);
  expect([...setCookies(answer).keys()]).toEqual(['vitrine_visit', 'vitrine_visit_lax']);
  const nonce = /script-src 'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
  expect(answer.body).toContain(`<script nonce="${String(nonce)}">window.close();</script>`);
  expect(answer.body).not.toMatch(/<form|<button|<input/);
  expect(answer.headers).not.toHaveProperty('cross-origin-opener-policy');
  expect(answer.headers['cache-control']).toBe('no-store');
}

describe('Auth 1.0: click-through', () => {
  it('row 16: sets the cookie and closes the window, without a question', async () => {
    const answer = await openFrom(ELSEWHERE, CLICKTHROUGH);
    expectToCloseItself(answer);
    expect((await askTile(vitrine, image('terms'), { cookie: cookieHeader(answer) })).status).toBe(200);
  });

  it.each(['', '?origin=*', '?origin=%00', `?origin=${'x'.repeat(9000)}`, '?origin=a&origin=b'])(
    'row 19: does so with the query %.20s too',
    async (query) => {
      expectToCloseItself(await vitrine.ask(CLICKTHROUGH + query));
    },
  );
});

describe('the kiosk, in both versions', () => {
  it.each(KIOSKS)('row 17: %s sets the cookie and closes the window, in the kiosk', async (path) => {
    for (const address of [AT_THE_KIOSK, '::ffff:10.1.9.9', '2001:db8:1:ffff::5']) {
      const answer = await openFrom(address, path);
      expectToCloseItself(answer);
      const cookie = cookieHeader(answer);
      expect((await askTile(vitrine, image('kiosk'), { address, cookie })).status).toBe(200);
    }
  });

  it.each(KIOSKS)('row 18: %s gives no cookie elsewhere, says why, and closes', async (path) => {
    for (const address of [ELSEWHERE, IN_THE_NETWORK, '10.10.1.1', '2001:db8:2::1', 'nonsense', '']) {
      const answer = await openFrom(address, path);
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('set-cookie');
      expect(answer.body).toContain('computers of Example Library');
      expect(answer.body).toContain('window.close();');
    }
  });

  it('row 18: an address that a client made up itself does not count', async () => {
    // The proxy writes the address that it sees last, and there is one proxy.
    expect((await openFrom(`${AT_THE_KIOSK}, ${ELSEWHERE}`, '/auth/iiif-kiosk')).status).toBe(403);
  });
});

describe('Flow 2.0: click-through', () => {
  it('row 86: shows the terms and a button, and gives nothing before it is pressed', async () => {
    const answer = await openFrom(ELSEWHERE, AGREE);
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.body).toContain(`<form method="post" action="${AGREE}">`);
    expect(answer.body).toContain('<button type="submit">I agree</button>');
    expect(answer.body).not.toContain('<script');
    expect(answer.headers).not.toHaveProperty('cross-origin-opener-policy');
    expect(answer.headers['x-frame-options']).toBe('DENY');
  });

  it('row 86: shows them again to a visitor who has agreed already', async () => {
    const again = await vitrine.ask(AGREE, { headers: headersOf({ cookie: await agree(vitrine) }) });
    expect(again.body).toContain('<form method="post"');
    expect(again.body).not.toContain('window.close');
  });

  it('row 86: the button sets the cookie and closes the window', async () => {
    const answer = await post({ 'sec-fetch-site': 'same-origin', origin: vitrine.base });
    expectToCloseItself(answer);
    expect((await askTile(vitrine, image('terms'), { cookie: cookieHeader(answer) })).status).toBe(200);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['another host of this site', { 'sec-fetch-site': 'same-site' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that is hidden', { origin: 'null' }],
  ])('row 86: a button on %s does nothing', async (_, headers) => {
    const answer = await post(headers);
    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });
});

describe('the cookie of a visit', () => {
  it('row 14: lasts hours and goes along with images on other sites, but not into scripts', async () => {
    for (const answer of [await openFrom(ELSEWHERE, CLICKTHROUGH), await openFrom(AT_THE_KIOSK, '/auth/iiif-kiosk')]) {
      const line = setCookies(answer).get('vitrine_visit') ?? '';
      expect(line).toMatch(
        /^vitrine_visit=[\w-]{22}-[ak]-\w+\.[\w-]{43}; Max-Age=28800; Path=\/; Expires=[^;]+; HttpOnly; Secure;/,
      );
      expect(line).toMatch(/SameSite=None$/);
      expect(line).not.toMatch(/Partitioned|Domain/);
    }
  });

  it('row 14: stays on this site where browsers would not take a Secure one', async () => {
    const plain = await startWithPatterns({ VIRTUAL_HOST: 'images.example.org' });
    const line = setCookies(await plain.ask(CLICKTHROUGH)).get('vitrine_visit') ?? '';
    expect(line).toMatch(/SameSite=Lax$/);
    expect(line).not.toContain('Secure');
    await plain.stop();
  });

  it('holds one visit, whatever is done in it', async () => {
    const kiosk = await enterKiosk(vitrine);
    const answer = await vitrine.ask(AGREE, { method: 'POST', headers: headersOf({ cookie: kiosk }) });
    const both = cookieHeader(answer, 'vitrine_visit');
    const [before, after] = [kiosk, both].map((cookie) => cookie.slice(0, cookie.indexOf('.')));
    expect(after?.replace('-ak-', '-k-')).toBe(before); // the same number and end, and a step more
    for (const folder of ['terms', 'kiosk'] as const) {
      const carried = { address: AT_THE_KIOSK, cookie: both };
      expect((await askTile(vitrine, image(folder), carried)).status).toBe(200);
    }
  });

  it.each(['garbage', '', 'A'.repeat(43), '%00', 'x'.repeat(4000)])(
    'cannot be chosen by a client (%.10j)',
    async (planted) => {
      const cookie = `vitrine_visit=${planted}`;
      expect((await askTile(vitrine, image('terms'), { cookie })).status).toBe(401);
      const given = cookieHeader(await vitrine.ask(CLICKTHROUGH, { headers: headersOf({ cookie }) }), 'vitrine_visit');
      expect(given).toMatch(/^vitrine_visit=[\w-]{22}-a-\w+\.[\w-]{43}$/);
      expect(given).not.toBe(cookie);
    },
  );

  it('is no access cookie, and an access cookie is no visit', async () => {
    const secret = (await agree(vitrine)).replace('vitrine_visit=', '');
    expect((await askTile(vitrine, image('login'), { cookie: `vitrine_access=${secret}` })).status).toBe(401);
    const { answer } = await vitrine.logIn();
    const access = cookieHeader(answer, 'vitrine_access').replace('vitrine_access', 'vitrine_visit');
    expect((await askTile(vitrine, image('terms'), { cookie: access })).status).toBe(401);
  });
});
