// What opens what, for how long, and what is tried against it.
import { createHmac } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { cookieHeader, setCookies, type Answer } from '../support/ask.ts';
import { ADMIN, READER, Vitrine } from '../support/vitrine.ts';

const INFO = '/iiif/images/atlas!page1.tif/info.json';
const TILE = '/iiif/images/atlas!page1.tif/0,0,512,512/512,/0/default.jpg';

const vitrine = Vitrine.forTests();

const contentToken = async (cookie: string): Promise<string> =>
  (await vitrine.ask('/auth/iiif-token', { headers: { cookie } })).json()['accessToken'] as string;
const infoWith = async (token: string): Promise<number> =>
  (await vitrine.ask(INFO, { headers: { authorization: `Bearer ${token}` } })).status;
const post = (headers: Record<string, string>): Promise<Answer> =>
  vitrine.ask('/auth/iiif-login', { form: { email: READER.email, password: READER.password }, headers });

it('the word Bearer may be written in small letters', async () => {
  const token = await contentToken((await vitrine.logIn()).cookie);
  expect((await vitrine.ask(INFO, { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
});

describe('a session', () => {
  it('has a new secret after every login, and the old one is over', async () => {
    const first = await vitrine.logIn();
    const again = await vitrine.ask('/auth/iiif-login', {
      form: { email: READER.email, password: READER.password },
      headers: { cookie: first.cookie },
    });
    expect(cookieHeader(again, 'vitrine_access')).not.toBe(cookieHeader(first.answer, 'vitrine_access'));
    expect((await vitrine.tile(TILE, { cookie: first.cookie })).status).toBe(401);
    expect((await vitrine.tile(TILE, { cookie: cookieHeader(again) })).status).toBe(200);
  });

  it('cannot be set by somebody else before the login', async () => {
    const planted = `vitrine_access=${'A'.repeat(43)}; vitrine_account=s%3A${'B'.repeat(43)}.x`;
    const answer = await vitrine.ask('/auth/iiif-login', {
      form: { email: READER.email, password: READER.password },
      headers: { cookie: planted },
    });
    expect(cookieHeader(answer)).not.toMatch(/A{43}|B{43}/);
    expect((await vitrine.tile(TILE, { cookie: planted })).status).toBe(401);
  });

  it('ends when its time is over, however much it is used', async () => {
    const brief = await Vitrine.start({ env: { SESSION_LIFETIME: '600' } });
    const { cookie } = await brief.logIn();
    for (brief.ahead = 0; brief.ahead < 600_000; brief.ahead += 100_000) {
      expect((await brief.tile(TILE, { cookie })).status).toBe(200);
    }
    brief.ahead = 601_000;
    expect((await brief.tile(TILE, { cookie })).status).toBe(401);
    await brief.stop();
  });

  it.each([
    ['disabling the user', (id: string) => vitrine.users.change(id, { active: false })],
    ['a new password', (id: string) => vitrine.users.change(id, { password: 'another secret' })],
    ['a change of roles', (id: string) => vitrine.users.change(id, { roles: ['admin'] })],
    ['deleting the user', (id: string) => vitrine.users.remove(id)],
    [
      'ending it in the list',
      async (id: string) => {
        for (const session of await vitrine.sessions.list())
          if (session.userId === id) await vitrine.sessions.end(session.id);
      },
    ],
  ])('ends with %s, and its tokens with it', async (what, change) => {
    const who = { email: `${what.replaceAll(/\W/g, '-')}@example.org`, password: 'for a moment' };
    const user = await vitrine.users.add(who);
    const { cookie } = await vitrine.logIn(who);
    const token = await contentToken(cookie);
    expect(await infoWith(token)).toBe(200);
    await change(user.id);
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
    expect((await vitrine.tile(TILE, { authorization: `Bearer ${token}` })).status).toBe(401);
    expect(await infoWith(token)).toBe(401);
  });

  it('is read once, not for every tile', async () => {
    const { cookie } = await vitrine.logIn();
    await vitrine.tile(TILE, { cookie });
    const repository = vitrine.database.sessions;
    const read = repository.findByAccessHash.bind(repository);
    let reads = 0;
    repository.findByAccessHash = (hash) => {
      reads += 1;
      return read(hash);
    };
    for (let tile = 0; tile < 50; tile += 1) await vitrine.tile(TILE, { cookie });
    repository.findByAccessHash = read;
    expect(reads).toBeLessThanOrEqual(2);
  });

  it('lies in the database as hashes only', async () => {
    const { cookie } = await vitrine.logIn();
    const secret = /vitrine_access=([^;]+)/.exec(cookie)?.[1] ?? 'missing';
    const rows = JSON.stringify(await vitrine.database.sessions.list());
    expect(rows).not.toContain(secret);
  });
});

describe('a disabled user', () => {
  it('cannot log in, and is told no more than others', async () => {
    const who = { email: 'gone@example.org', password: 'no longer here' };
    await vitrine.users.add({ ...who, active: false });
    const { answer } = await vitrine.logIn(who);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('E-mail address or password is not right.');
  });
});

describe('passwords', () => {
  it('of any length count whole', async () => {
    const long = 'x'.repeat(72);
    await vitrine.users.add({ email: 'long@example.org', password: `${long}1` });
    expect((await vitrine.logIn({ email: 'long@example.org', password: `${long}2` })).answer.status).toBe(401);
    expect((await vitrine.logIn({ email: 'long@example.org', password: `${long}1` })).answer.status).toBe(200);
  });

  it('may hold anything, and one é is as good as another', async () => {
    await vitrine.users.add({ email: 'accent@example.org', password: 'caf\u00e9 \u0000 \u{1F5DD} 12' });
    expect(
      (await vitrine.logIn({ email: 'ACCENT@example.org ', password: 'cafe\u0301 \u0000 \u{1F5DD} 12' })).answer.status,
    ).toBe(200);
  });

  it('of a megabyte are refused without being hashed', async () => {
    const { answer } = await vitrine.logIn({ email: READER.email, password: 'x'.repeat(1_000_000) });
    expect(answer.status).toBe(413);
  });
});

describe('the login form', () => {
  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from another host of this site', { 'sec-fetch-site': 'same-site' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from an origin that is hidden', { origin: 'null' }],
  ])('is refused %s', async (_, headers) => {
    const answer = await post(headers);
    expect(answer.status).toBe(403);
    expect(setCookies(answer).size).toBe(0);
  });

  it('is taken from here', async () => {
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: vitrine.base })).status).toBe(200);
    expect((await post({ origin: vitrine.base })).status).toBe(200);
  });

  it.each([
    '',
    'email=a',
    'password=b',
    'email[$ne]=&password[$ne]=',
    'email=a&email=b&password=c',
    `email=${'x'.repeat(9999)}&password=x`,
    '__proto__=x&email=a&password=b',
  ])('answers %s without an error of its own', async (body) => {
    const answer = await vitrine.ask('/auth/iiif-login', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) },
      body,
    });
    expect([400, 401]).toContain(answer.status);
    expect(setCookies(answer).size).toBe(0);
  });

  it.each([
    ['/auth/admin/', '/auth/admin/'],
    ['/', '/'],
    ['//evil.example', undefined],
    ['/\\evil.example', undefined],
    ['https://evil.example', undefined],
    ['/auth/..//evil', undefined],
    ['/auth/%2f%2fevil', undefined],
    ['/auth/\r\nSet-Cookie:x=y', undefined],
  ])('goes on to %j only on this server', async (next, to) => {
    const answer = await vitrine.ask('/auth/iiif-login', {
      form: { email: ADMIN.email, password: ADMIN.password, next },
    });
    expect(answer.status).toBe(to === undefined ? 200 : 303);
    expect(answer.headers['location']).toBe(to);
  });
});

describe('a forged token', () => {
  const key = (secret: string): Buffer => Buffer.from(secret);
  const claims = { kind: 'iiif-auth-1', sid: 'x', origin: '', images: true };

  it.each([
    ['alg none', () => `${btoa('{"alg":"none","typ":"JWT"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', '')],
    ['the session secret as key', () => jwt.sign(claims, vitrine.config.secretKey)],
    ['another key', () => jwt.sign(claims, 'k'.repeat(32))],
    ['no signature', () => jwt.sign(claims, 'k'.repeat(32)).replace(/[^.]+$/, '')],
  ])('with %s opens nothing', async (_, make) => {
    expect(await infoWith(make())).toBe(401);
  });

  it('with its claims changed, or of another server, opens nothing', async () => {
    const { cookie } = await vitrine.logIn();
    const token = await contentToken(cookie);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...changed, exp: 9_999_999_999 })).toString('base64url');
    expect(await infoWith(`${header}.${forged}.${signature}`)).toBe(401);
    const resigned = createHmac('sha256', key(vitrine.config.secretKey))
      .update(`${header}.${forged}`)
      .digest('base64url');
    expect(await infoWith(`${header}.${forged}.${resigned}`)).toBe(401);
    const other = await Vitrine.start();
    expect((await other.ask(INFO, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    await other.stop();
    expect(await infoWith(token)).toBe(200);
  });

  it('made of the cookie opens nothing, nor does the token as a cookie', async () => {
    const { cookie } = await vitrine.logIn();
    const access = /vitrine_access=([^;]+)/.exec(cookie)?.[1] ?? 'missing';
    expect(await infoWith(access)).toBe(401);
    const token = await contentToken(cookie);
    expect((await vitrine.tile(TILE, { cookie: `vitrine_access=${token}` })).status).toBe(401);
  });
});

describe('the account cookie', () => {
  it('opens no image, and the access cookie no panel', async () => {
    const { answer } = await vitrine.logIn(ADMIN);
    expect((await vitrine.tile(TILE, { cookie: cookieHeader(answer, 'vitrine_account') })).status).toBe(401);
    const access = cookieHeader(answer, 'vitrine_access');
    const panel = await vitrine.ask('/auth/admin/', { headers: { cookie: access, accept: 'text/html' } });
    expect([302, 303, 401]).toContain(panel.status);
  });
});

describe('the start page', () => {
  it('says what to open, and who is logged in', async () => {
    const anonymous = await vitrine.ask('/');
    expect(anonymous.status).toBe(200);
    expect(anonymous.body).toContain(`${vitrine.base}/iiif/manifests/`);
    expect(anonymous.body).toContain('/auth/iiif-login');
    expect(anonymous.body).not.toContain('<script');
    const { cookie } = await vitrine.logIn();
    expect((await vitrine.ask('/', { headers: { cookie } })).body).toContain(READER.email);
  });
});

describe('the audit trail', () => {
  it('tells of logins, failed ones and logouts, and of no secret', async () => {
    const { cookie } = await vitrine.logIn();
    await vitrine.logIn({ email: READER.email, password: 'a wrong guess' });
    await vitrine.ask('/auth/logout', { headers: { cookie } });
    const events = await vitrine.database.audit.list(3, 0);
    expect(events.map((event) => event.action)).toEqual(['logout', 'login.failed', 'login']);
    expect(JSON.stringify(events)).not.toContain('a wrong guess');
    expect(vitrine.log.join('')).not.toMatch(new RegExp(`a wrong guess|${READER.password}|vitrine_access=`));
  });
});
