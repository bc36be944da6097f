import { describe, expect, it } from 'vitest';
import { type CookieKind, Cookies } from './cookies.ts';
import { newSecret } from './secrets.ts';

const HTTPS = new Cookies({ https: true, secure: true, lifetime: 60 });
const LOCALHOST = new Cookies({ https: false, secure: true, lifetime: 60 });
const PLAIN = new Cookies({ https: false, secure: false, lifetime: 60 });

/** Name, SameSite, Secure and path of each form. */
const formsOf = (cookies: Cookies, kind: CookieKind) =>
  cookies.forms(kind).map(({ name, options }) => [name, options.sameSite, options.secure, options.path]);

describe('how cookies are set', () => {
  it('on https: under names that no neighbour can set, for other sites’ frames too', () => {
    expect(formsOf(HTTPS, 'access')).toEqual([['__Host-vitrine_access', 'none', true, '/']]);
    expect(formsOf(HTTPS, 'visit')).toEqual([['__Host-vitrine_visit', 'none', true, '/']]);
    expect(formsOf(HTTPS, 'account')).toEqual([['__Host-vitrine_account', 'strict', true, '/']]);
    expect(formsOf(HTTPS, 'device')).toEqual([['__Host-vitrine_device', 'strict', true, '/']]);
  });

  it('on plain http of this machine: twice, because WebKit keeps no Secure cookie from there', () => {
    expect(formsOf(LOCALHOST, 'access')).toEqual([
      ['vitrine_access', 'none', true, '/'],
      ['vitrine_access_lax', 'lax', false, '/'],
    ]);
    expect(formsOf(LOCALHOST, 'account')).toEqual([['vitrine_account', 'strict', false, '/auth']]);
    expect(formsOf(LOCALHOST, 'device')).toEqual([['vitrine_device', 'strict', false, '/auth/iiif-login']]);
  });

  it('on plain http elsewhere: Lax only', () => {
    expect(formsOf(PLAIN, 'access')).toEqual([['vitrine_access', 'lax', false, '/']]);
    expect(formsOf(PLAIN, 'visit')).toEqual([['vitrine_visit', 'lax', false, '/']]);
  });

  it('never for scripts', () => {
    for (const cookies of [HTTPS, LOCALHOST, PLAIN]) {
      for (const kind of ['access', 'visit', 'account', 'device'] as const) {
        for (const { options } of cookies.forms(kind)) expect(options.httpOnly).toBe(true);
      }
      expect(cookies.account).toBe(cookies.forms('account')[0]);
    }
  });
});

describe('what a Cookie header carries', () => {
  const secret = newSecret();

  it.each([
    ['nothing', undefined, { secrets: [], present: false }],
    ['cookies of others', `other=${secret}`, { secrets: [], present: false }],
    ['one', `a=b; vitrine_access=${secret}`, { secrets: [secret], present: true }],
    ['one of what is no secret', 'vitrine_access=garbage', { secrets: [], present: true }],
    [
      'the same in both forms',
      `vitrine_access_lax=${secret}; vitrine_access=${secret}`,
      { secrets: [secret], present: true },
    ],
  ])('%s', (_, header, carried) => {
    expect(LOCALHOST.in(header).access).toEqual(carried);
  });

  it('the owner’s behind a few that a neighbour has set, and no more than five', () => {
    const planted = Array.from({ length: 10 }, newSecret);
    const header = [...planted.slice(0, 4), secret, ...planted.slice(4)]
      .map((one) => `vitrine_access=${one}`)
      .join(';');
    expect(LOCALHOST.in(header).access.secrets).toEqual([...planted.slice(0, 4), secret]);
  });

  it('on https only what has the name that no neighbour can set', () => {
    expect(HTTPS.in(`vitrine_access=${secret}`).access.present).toBe(false);
    expect(HTTPS.in(`__Host-vitrine_access=${secret}`).access.secrets).toEqual([secret]);
  });

  it('of visits, devices and guests what looks signed', () => {
    const signed = `${'A'.repeat(22)}-a-t0.${'m'.repeat(43)}`;
    expect(PLAIN.in(`vitrine_visit=${signed}; vitrine_visit=short`).visit).toEqual({
      secrets: [signed],
      present: true,
    });
    expect(PLAIN.devicesIn(`vitrine_device=${signed}; vitrine_device=%00; vitrine_device=${'x'.repeat(401)}`)).toEqual([
      signed,
    ]);
    expect(PLAIN.devicesIn(`vitrine_visit=${signed}`)).toEqual([]);
    expect(PLAIN.guestsIn(`vitrine_guest=${signed}; vitrine_device=${signed}`)).toEqual([signed]);
  });

  it('whether there is one of this site, whatever its value', () => {
    expect(PLAIN.isOfThisSite('vitrine_account=')).toBe(true);
    expect(PLAIN.isOfThisSite(`vitrine_access=${secret}`)).toBe(false);
    expect(PLAIN.isOfThisSite(undefined)).toBe(false);
  });
});
