// Everybody changes their own password, with the old one.
import { beforeEach, describe, expect, it } from 'vitest';
import { cookieHeader } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const NEW = 'a newer one of maps';
const TILE = '/iiif/images/atlas!page1.tif/full/100,/0/default.jpg';
const vitrine = Vitrine.forTests();
let count = 0;

describe('the page of the own password', () => {
  let who: { email: string; password: string };
  let cookie: string;
  beforeEach(async () => {
    who = { email: `own${(count += 1)}@example.org`, password: 'an old one of maps' };
    await vitrine.users.add(who);
    ({ cookie } = await vitrine.logIn(who));
  });

  const change = (fields: Partial<Record<'old' | 'password' | 'again', string>>, headers = {}) => {
    const form = { old: who.password, password: NEW, again: fields.password ?? NEW, ...fields };
    return vitrine.ask('/auth/password', { form, headers: { cookie, ...headers } });
  };
  const sees = async (with_: string) => (await vitrine.tile(TILE, { cookie: with_ })).status;

  it('sends who is not logged in to the login, which leads back', async () => {
    const answer = await vitrine.ask('/auth/password');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/auth/iiif-login?next=/auth/password']);
    const login = await vitrine.ask('/auth/iiif-login', { form: { ...who, next: '/auth/password' } });
    expect([login.status, login.headers['location']]).toEqual([303, '/auth/password']);
    expect(
      (await vitrine.ask('/auth/password', { form: { old: who.password, password: NEW, again: NEW } })).status,
    ).toBe(303);
    expect((await vitrine.logIn(who)).answer.status).toBe(200);
  });

  it('changes it; the other sessions end, and this one goes on with new cookies', async () => {
    const elsewhere = await vitrine.logIn(who);
    expect((await vitrine.ask('/auth/password', { headers: { cookie } })).body).toContain(who.email);
    const answer = await change({});
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('Your password is changed');
    expect(await sees(elsewhere.cookie)).toBe(401);
    expect(await sees(cookie)).toBe(401);
    const again = cookieHeader(answer);
    expect(await sees(again)).toBe(200);
    expect((await vitrine.ask('/auth/password', { headers: { cookie: again } })).status).toBe(200);
    expect((await vitrine.logIn(who)).answer.status).toBe(401);
    expect((await vitrine.logIn({ ...who, password: NEW })).answer.status).toBe(200);
    const events = await vitrine.database.audit.list(10, 0);
    expect(events).toContainEqual(
      expect.objectContaining({ action: 'user.password', actor: who.email, target: who.email }),
    );
  });

  it.each([
    ['the old one is wrong', { old: 'guessed' }, 401, 'The old password is not right.'],
    ['the old one is missing', { old: '' }, 401, 'The old password is not right.'],
    ['the new one is too short', { password: 'short' }, 400, 'At least 8 characters.'],
    ['the new one is mistyped', { again: 'something else' }, 400, 'not the same'],
    ['there is no new one', { password: '' }, 400, 'twice'],
  ])('changes nothing where %s', async (_what, fields, status, message) => {
    const answer = await change(fields);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(message);
    expect(await sees(cookie)).toBe(200);
    expect((await vitrine.logIn(who)).answer.status).toBe(200);
  });

  it('takes no more than a login does of one guess after the other', async () => {
    const answers = [];
    for (let attempt = 0; attempt < 15; attempt += 1) answers.push((await change({ old: `guess ${attempt}` })).status);
    expect(new Set(answers)).toEqual(new Set([401, 429]));
    expect((await change({})).status).toBe(429);
  });

  it('takes nothing from a page of another site', async () => {
    expect((await change({}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await vitrine.logIn(who)).answer.status).toBe(200);
  });
});
