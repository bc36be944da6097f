import { describe, expect, it } from 'vitest';
import { setCookies, type Answer } from '../../support/ask.ts';
import { VIEWER } from '../../support/auth1.ts';
import { ADMIN, READER, Vitrine } from '../../support/vitrine.ts';

const vitrine = Vitrine.forTests();

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

  it('row 13: a visitor who is logged in already gets that page at once', async () => {
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
    expect(setCookies(secure.answer).size).toBe(3);
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
