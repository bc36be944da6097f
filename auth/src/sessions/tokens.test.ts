import { createSecretKey, hkdfSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { type TokenClaims, Tokens } from './tokens.ts';

const SECRET = 'k'.repeat(64);
const HERE = 'https://images.example.org';
const LIFETIME = 3600;
const START = Date.parse('2026-11-22T12:00:00.000Z');
const LOGIN: TokenClaims = {
  kind: 'iiif-auth-1',
  sessionId: '0f9a3a0e-0000-4000-8000-000000000001',
  visitId: undefined,
  origin: 'https://viewer.example.org',
  cookieless: false,
  opensImages: false,
};

/** The tokens of a server, and their clock, in milliseconds since the start. */
function server({ secret = SECRET, audience = HERE, lifetime = LIFETIME } = {}) {
  const clock = { ahead: 0 };
  return { clock, tokens: new Tokens(secret, audience, lifetime, () => new Date(START + clock.ahead)) };
}

/** Seconds from the start. */
const after = (seconds: number): Date => new Date(START + seconds * 1000);
const payloadOf = (token: string): Record<string, unknown> => jwt.decode(token, { json: true }) ?? {};

describe('a token', () => {
  it.each<[string, Partial<TokenClaims>]>([
    ['a login', {}],
    ['a visit', { sessionId: undefined, visitId: 'AAAAAAAAAAAAAAAAAAAAAA-ak-t0' }],
    ['a login and a visit', { visitId: 'AAAAAAAAAAAAAAAAAAAAAA-k-t0', opensImages: true }],
    ['a place', { sessionId: undefined, origin: '', cookieless: true }],
    ['version 2.0', { kind: 'iiif-auth-2' }],
  ])('of %s says what it was issued with', (_, change) => {
    const { tokens } = server();
    const claims = { ...LOGIN, ...change };
    expect(tokens.read(tokens.issue(claims, after(60)).token, claims.kind)).toEqual({ ...claims, endsAt: after(60) });
  });

  it('is no other than the one issued at the same moment, and has nothing personal in it', () => {
    const { tokens } = server();
    const [one, other] = [tokens.issue(LOGIN, undefined).token, tokens.issue(LOGIN, undefined).token];
    expect(one).not.toBe(other);
    expect(Object.keys(payloadOf(one)).sort()).toEqual(
      ['aud', 'cookieless', 'exp', 'iat', 'images', 'iss', 'jti', 'kind', 'origin', 'sid'].sort(),
    );
  });

  it.each([
    ['of a place', undefined, LIFETIME],
    ['of a login that ends later', after(LIFETIME + 1), LIFETIME],
    ['of a login that ends before', after(100.9), 100],
    ['of a login with less than a second to go', after(0.5), 1],
    ['of a login that is over', after(-5), 1],
  ])('%s is good for whole seconds, one at least', (_, endsAt, expiresIn) => {
    expect(server().tokens.issue(LOGIN, endsAt).expiresIn).toBe(expiresIn);
  });

  it('is read for as long as was stated, and not much longer', () => {
    const { clock, tokens } = server();
    clock.ahead = 400; // not at a whole second
    const { token, expiresIn } = tokens.issue(LOGIN, after(10));
    expect(expiresIn).toBe(9);
    clock.ahead += expiresIn * 1000 - 1;
    expect(tokens.read(token, LOGIN.kind)).toEqual({ ...LOGIN, endsAt: after(10) });
    clock.ahead = 11_000;
    expect(tokens.read(token, LOGIN.kind)).toBeUndefined();
  });

  it('is over after its lifetime, which may be shorter by now than when it was issued', () => {
    const { clock, tokens } = server();
    const { token } = tokens.issue(LOGIN, undefined);
    const stricter = server({ lifetime: 60 });
    stricter.clock.ahead = 62_000;
    expect(stricter.tokens.read(token, LOGIN.kind)).toBeUndefined();
    clock.ahead = LIFETIME * 1000 - 1;
    expect(tokens.read(token, LOGIN.kind)).toEqual({ ...LOGIN, endsAt: after(LIFETIME) });
    clock.ahead = (LIFETIME + 2) * 1000;
    expect(tokens.read(token, LOGIN.kind)).toBeUndefined();
  });

  it('may be of a clock that is a minute ahead, and not of the future', () => {
    const { clock, tokens } = server();
    clock.ahead = 60_000;
    const { token } = tokens.issue(LOGIN, undefined);
    clock.ahead = 0;
    expect(tokens.read(token, LOGIN.kind)).toEqual({ ...LOGIN, endsAt: after(60 + LIFETIME) });
    clock.ahead = -1000;
    expect(tokens.read(token, LOGIN.kind)).toBeUndefined();
  });

  it('of one service opens nothing of the other’s', () => {
    const { tokens } = server();
    expect(tokens.read(tokens.issue(LOGIN, undefined).token, 'iiif-auth-2')).toBeUndefined();
  });

  it('of another secret or another server is none', () => {
    const { tokens } = server();
    for (const other of [server({ secret: 'x'.repeat(64) }), server({ audience: 'https://other.example.org' })]) {
      expect(tokens.read(other.tokens.issue(LOGIN, undefined).token, LOGIN.kind)).toBeUndefined();
    }
  });

  it('that was cut, changed, or is too long is none', () => {
    const { tokens } = server();
    const { token } = tokens.issue(LOGIN, undefined);
    const [header = '', payload = '', mac = ''] = token.split('.');
    const opening = Buffer.from(JSON.stringify({ ...payloadOf(token), images: true })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const long = tokens.issue({ ...LOGIN, origin: `https://${'x'.repeat(2000)}` }, undefined).token;
    const forged = [
      `${header}.${opening}.${mac}`,
      `${unsigned}.${payload}.`,
      token.slice(0, -1),
      `${token}x`,
      long,
      '',
    ];
    for (const one of forged) expect(tokens.read(one, LOGIN.kind), one).toBeUndefined();
  });

  it.each<[string, object]>([
    ['no kind', { kind: undefined }],
    ['a session that is no text', { sid: 7 }],
    ['a visit that is no text', { vid: ['a'] }],
    ['no origin', { origin: undefined }],
    ['no answer to whether it opens images', { images: undefined }],
    ['no answer to whether cookies are sent', { cookieless: 'no' }],
  ])('of our key with %s is none', (_, change) => {
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', SECRET, '', 'vitrine access token', 32)));
    const { tokens } = server();
    const iat = Math.floor(START / 1000);
    const whole = { kind: 'iiif-auth-1', origin: '', cookieless: false, images: true, iat, exp: iat + 60 };
    const read = (payload: object, options = {}): unknown => {
      const settings = { algorithm: 'HS256', audience: HERE, issuer: HERE, ...options } as const;
      const written = JSON.parse(JSON.stringify(payload)) as object; // what is undefined is not there
      return tokens.read(jwt.sign(written, key, settings), 'iiif-auth-1');
    };
    expect(read(whole)).toMatchObject({ opensImages: true });
    expect(read({ ...whole, ...change })).toBeUndefined();
    expect(read(whole, { noTimestamp: true })).toBeUndefined();
  });
});
