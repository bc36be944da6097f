// Cookies of our names that a neighbour has set: one on the same host by plain http, or on a domain above it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../../src/sessions/secrets.ts';
import { cookieHeader, setCookies } from '../support/ask.ts';
import { INFO, TILE, askToken } from '../support/auth1.ts';
import { agree, askTile, headersOf, image, startWithPatterns } from '../support/patterns.ts';
import { ADMIN, Vitrine } from '../support/vitrine.ts';

const PANEL = '/auth/admin/';
/** So many different secrets of one kind are looked up. */
const MOST = 5;

const times = (count: number, piece: () => string): string => Array.from({ length: count }, piece).join('; ');
const planted = (name: string, count = 1): string => times(count, () => `${name}=${newSecret()}`);
const plantedAccount = (name: string, count = 1): string => times(count, () => `${name}=s%3A${newSecret()}.x`);

describe('on plain http the reader’s own cookie is found behind', () => {
  let vitrine: Vitrine;
  beforeAll(async () => {
    vitrine = await startWithPatterns();
  });
  afterAll(() => vitrine.stop());

  it.each([
    ['a bad one', 'vitrine_access=bad'],
    ['an empty one', 'vitrine_access='],
    ['one that looks like ours', planted('vitrine_access')],
    ['a few of those', planted('vitrine_access', MOST - 1)],
    ['fifty that do not', times(50, () => 'vitrine_access=x')],
    ['one that is ours and over', ''],
  ])('%s: images, descriptions, tokens and pages', async (_, before) => {
    const { answer } = await vitrine.logIn();
    const good = cookieHeader(answer, 'vitrine_access');
    const over = await vitrine.logIn();
    await vitrine.ask('/auth/logout', { headers: { cookie: over.cookie } });
    const cookie = `${before || cookieHeader(over.answer, 'vitrine_access')}; ${good}`;
    expect((await askTile(vitrine, image('login'), { cookie })).status).toBe(200);
    expect((await vitrine.ask('/iiif/images/login!a.tif/info.json', { headers: { cookie } })).status).toBe(200);
    expect((await askToken(vitrine.base, '', cookie)).json()).toHaveProperty('accessToken');
    expect((await vitrine.ask('/auth/iiif-login', { headers: { cookie } })).body).toContain('You are logged in');
  });

  it('the same for a visit, which goes on under its own secret', async () => {
    const visit = await agree(vitrine);
    const cookie = `vitrine_visit=bad; ${planted('vitrine_visit', MOST - 1)}; ${visit}`;
    expect((await askTile(vitrine, image('terms'), { cookie })).status).toBe(200);
    const again = await vitrine.ask('/auth/iiif/2/agree', { method: 'POST', headers: headersOf({ cookie }) });
    expect(cookieHeader(again, 'vitrine_visit')).toBe(visit);
  });

  it('the same for the account', async () => {
    const { answer } = await vitrine.logIn(ADMIN);
    const good = cookieHeader(answer, 'vitrine_account');
    for (const bad of ['vitrine_account=bad', plantedAccount('vitrine_account', MOST - 1)]) {
      const opened = await vitrine.ask(PANEL, { headers: { cookie: `${bad}; ${good}`, accept: 'text/html' } });
      expect(opened.status).toBe(200);
    }
    const copied = good.replace(/\.[^.]+$/, '.forged');
    const forged = await vitrine.ask(PANEL, { headers: { cookie: copied, accept: 'text/html' } });
    expect(forged.status).toBe(302);
  });

  it('a few only: more are not looked up', async () => {
    const good = cookieHeader((await vitrine.logIn()).answer, 'vitrine_access');
    const repository = vitrine.database.sessions;
    const find = repository.findByAccessHash.bind(repository);
    let asked = 0;
    repository.findByAccessHash = (hash) => {
      asked += 1;
      return find(hash);
    };
    const cookie = `${planted('vitrine_access', 100)}; ${good}`;
    expect((await askTile(vitrine, image('login'), { cookie })).status).toBe(401);
    repository.findByAccessHash = find;
    expect(asked).toBe(MOST);
  });

  it('and a logout ends every login that the browser sent', async () => {
    const one = (await vitrine.logIn()).cookie;
    const two = (await vitrine.logIn()).cookie;
    const visits = [await agree(vitrine), await agree(vitrine)];
    const cookie = ['vitrine_access=bad', one, two, ...visits].join('; ');
    expect((await vitrine.ask('/auth/logout', { headers: { cookie } })).status).toBe(200);
    for (const login of [one, two])
      expect((await askTile(vitrine, image('login'), { cookie: login })).status).toBe(401);
    for (const visit of visits) expect((await askTile(vitrine, image('terms'), { cookie: visit })).status).toBe(401);
  });
});

it('an expired cookie behind one that is not ours is told as expired', async () => {
  const brief = await Vitrine.start({ env: { SESSION_LIFETIME: '600' } });
  const { cookie } = await brief.logIn();
  brief.ahead = 601_000;
  const query = '/auth/iiif/2/token?messageId=1&origin=https://viewer.example.net';
  const page = await brief.ask(query, { headers: { cookie: `vitrine_access=bad; ${cookie}` } });
  expect(page.body).toContain('expiredAspect');
  await brief.stop();
});

describe('on https', () => {
  let vitrine: Vitrine;
  let cookies: Map<string, string>;
  let login: string;
  beforeAll(async () => {
    vitrine = await Vitrine.start({ env: { VIRTUAL_HOST: 'images.example.org', VIRTUAL_HOST_PROTO: 'https' } });
    const { answer, cookie } = await vitrine.logIn(ADMIN);
    [cookies, login] = [setCookies(answer), cookie];
  });
  afterAll(() => vitrine.stop());

  it('every cookie has a name that only this host can set: __Host-, Secure, Path=/ and no Domain', () => {
    const names = ['__Host-vitrine_access', '__Host-vitrine_account', '__Host-vitrine_device'];
    expect([...cookies.keys()].sort()).toEqual(names);
    for (const line of cookies.values()) {
      expect(line).toMatch(/; Path=\/;/);
      expect(line).toMatch(/; HttpOnly; Secure; SameSite=/);
      expect(line).not.toMatch(/Domain|Partitioned/);
    }
    expect(cookies.get('__Host-vitrine_access')).toMatch(/SameSite=None$/);
    expect(cookies.get('__Host-vitrine_account')).toMatch(/SameSite=Strict$/);
    expect(cookies.get('__Host-vitrine_device')).toMatch(/SameSite=Strict$/);
  });

  it('those names open what they are for', async () => {
    expect((await vitrine.tile(TILE, { cookie: login })).status).toBe(200);
    expect((await vitrine.ask(PANEL, { headers: { cookie: login, accept: 'text/html' } })).status).toBe(200);
  });

  it('a visit has such a name too', async () => {
    const terms = await startWithPatterns({ VIRTUAL_HOST: 'images.example.org', VIRTUAL_HOST_PROTO: 'https' });
    const answer = await terms.ask('/auth/iiif/2/agree', { method: 'POST' });
    await terms.stop();
    const line = setCookies(answer).get('__Host-vitrine_visit') ?? '';
    expect(line).toMatch(/; Path=\/;.*; HttpOnly; Secure; SameSite=None$/);
    expect(setCookies(answer).size).toBe(1);
  });

  it('any number of other names shuts nobody out', async () => {
    const cookie = `${planted('vitrine_access', 9)}; ${plantedAccount('vitrine_account', 9)}; ${login}`;
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
    expect((await vitrine.ask(INFO, { headers: { cookie } })).status).toBe(200);
    expect((await vitrine.ask(PANEL, { headers: { cookie, accept: 'text/html' } })).status).toBe(200);
  });

  it('and lets nobody in: a neighbour cannot have a reader go by the neighbour’s own login', async () => {
    const cookie = login.replaceAll('__Host-', '');
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
    expect((await askToken(vitrine.base, '', cookie)).json()).toMatchObject({ error: 'missingCredentials' });
    expect((await vitrine.ask(PANEL, { headers: { cookie, accept: 'text/html' } })).status).toBe(302);
  });

  it('the logout has the browser forget those names', async () => {
    const { cookie } = await vitrine.logIn();
    const answer = await vitrine.ask('/auth/logout', { headers: { cookie } });
    const lines = [...setCookies(answer).values()];
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^__Host-vitrine_\w+=; Path=\/; Expires=Thu, 01 Jan 1970.*Secure/);
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
  });
});
