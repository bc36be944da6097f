import { describe, expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests();

describe('the page', () => {
  it('is for any visitor, and says from where to where it goes', async () => {
    const { status, body, headers } = await vitrine.ask('/auth/selftest');
    expect(status).toBe(200);
    expect(body).toContain(`data-public-url="${vitrine.base}"`);
    expect(body).toContain(`data-root="${vitrine.base}/iiif/3/manifests/"`);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['cross-origin-opener-policy']).toBeUndefined();
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'self'/);
  });

  it('names this server to the frame that has no origin, because to WebKit it is not `self` then', async () => {
    const policy = String((await vitrine.ask('/auth/selftest/elsewhere')).headers['content-security-policy']);
    for (const part of ['frame-src', 'img-src', 'connect-src']) expect(policy).toContain(`${part} ${vitrine.base}`);
  });

  it.each(['selftest.mjs', 'checks.mjs', 'page.mjs'])('comes with %s', async (file) => {
    const { status, headers } = await vitrine.ask(`/auth/selftest/${file}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/javascript/);
  });
});

describe('which headers have arrived', () => {
  const echo = async (headers: Record<string, string>) =>
    (await vitrine.ask('/auth/selftest/echo', { method: 'POST', headers })).json();

  it('all three', async () => {
    const headers = { authorization: 'Bearer selftest', cookie: 'a=b; vitrine_selftest=1', origin: vitrine.base };
    expect(await echo(headers)).toEqual({ authorization: true, cookie: true, origin: vitrine.base });
  });

  it('none; and no credential of anybody is told back', async () => {
    const headers = { authorization: 'Bearer secret', cookie: 'vitrine_access=secret' };
    expect(await echo(headers)).toEqual({ authorization: false, cookie: false, origin: '' });
  });
});

describe('the frame in a frame of no origin', () => {
  const told = async (cookie: string) => {
    const { body, headers } = await vitrine.ask('/auth/selftest/cookie', { headers: { cookie } });
    return { body, headers };
  };

  it('tells this server alone whether the cookie came', async () => {
    const { body, headers } = await told('vitrine_access=x');
    expect(body).toContain(`postMessage({ cookieArrived: true, judgedSameSite: false }, '${vitrine.base}')`);
    expect(headers['content-security-policy']).not.toContain('frame-ancestors');
    expect(headers['x-frame-options']).toBeUndefined();
    expect((await told('other=x')).body).toContain('cookieArrived: false');
    expect((await told('vitrine_account=x; vitrine_access=x')).body).toContain('judgedSameSite: true');
  });
});
