// A link by which somebody sets a password: once, for seven days, by a gesture, and with a secret that goes nowhere else.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../support/ask.ts';
import { READER, Vitrine } from '../support/vitrine.ts';
import { execute } from '../support/tables.ts';

const DAY = 24 * 60 * 60 * 1000;
const PASSWORD = 'a student of letters';
const vitrine = Vitrine.forTests();
let count = 0;

const open = (secret: string, headers = {}) => vitrine.ask('/auth/invitation/open', { form: { secret }, headers });
const accept = (secret: string, password = PASSWORD, again = password) =>
  vitrine.ask('/auth/invitation', { form: { secret, password, again } });
const heading = ({ status, body }: Answer) => [status, /<h1>(.*?)<\/h1>/.exec(body)?.[1]];
const OVER = [410, 'This link is over'];

describe('an invitation', () => {
  let email: string;
  let id: string;
  let secret: string;
  beforeEach(async () => {
    vitrine.ahead = 0;
    email = `student${(count += 1)}@example.org`;
    const user = await vitrine.users.add({ email });
    id = user.id;
    ({ secret } = await vitrine.invitations.invite(user));
  });
  const invited = async () => {
    const user = await vitrine.users.find(id);
    if (!user) throw new Error('nobody');
    return user;
  };

  it('opens a page that knows no secret, allows no other script, and is not kept', async () => {
    const page = await vitrine.ask('/auth/invitation');
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['referrer-policy']).toBe('same-origin');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none';script-src 'nonce-[^']+';/);
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('is read by a form, and sets a password once', async () => {
    expect((await vitrine.logIn({ email, password: PASSWORD })).answer.status).toBe(401);
    const page = await open(secret);
    expect(page.status).toBe(200);
    expect(page.body).toContain(email);
    // Looking at it does not use it up.
    expect((await open(secret)).status).toBe(200);
    expect(heading(await accept(secret))).toEqual([200, 'Your password is set']);
    expect((await vitrine.logIn({ email, password: PASSWORD })).answer.status).toBe(200);
    expect(heading(await accept(secret, 'another of these'))).toEqual(OVER);
    expect(heading(await open(secret))).toEqual(OVER);
    const [event] = (await vitrine.database.audit.list(10, 0)).filter(({ action }) => action === 'user.password');
    expect(event).toMatchObject({ actor: email, target: email, address: '127.0.0.1' });
  });

  it('of two who hold it at the same moment lets one in', async () => {
    const both = await Promise.all([accept(secret, 'the first of two'), accept(secret, 'the second of two')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  it('is there still after a password that cannot be', async () => {
    expect((await accept(secret, 'short')).body).toContain('At least 8 characters.');
    expect((await accept(secret, PASSWORD, 'something else')).body).toContain('not the same');
    expect((await accept(secret, '')).status).toBe(400);
    expect((await accept(secret)).status).toBe(200);
  });

  it('is over after seven days', async () => {
    vitrine.ahead = 7 * DAY - 60_000;
    expect((await open(secret)).status).toBe(200);
    vitrine.ahead = 7 * DAY;
    expect(heading(await open(secret))).toEqual(OVER);
    expect(heading(await accept(secret))).toEqual(OVER);
    await vitrine.sweeper.sweep();
    vitrine.ahead = 0;
    expect(heading(await open(secret))).toEqual(OVER);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['there is a newer one', async () => vitrine.invitations.invite(await invited())],
    ['the user has a new password', () => vitrine.users.change(id, { password: PASSWORD })],
    ['the user is disabled', () => vitrine.users.change(id, { active: false })],
    ['the user is removed', () => vitrine.users.remove(id)],
  ])('is over when %s', async (_what, change) => {
    await change();
    expect(heading(await open(secret))).toEqual(OVER);
    expect(heading(await accept(secret, 'a stranger was here'))).toEqual(OVER);
  });

  it('is not made for who is disabled', async () => {
    const user = await vitrine.users.change(id, { active: false });
    await expect(vitrine.invitations.invite(user)).rejects.toThrow('enable the account first');
  });

  it('ends the sessions of who had a password, and the old one holds until then', async () => {
    const who = { email: READER.email, password: READER.password };
    const reader = await vitrine.users.findByEmail(who.email);
    if (!reader) throw new Error('nobody');
    const { secret: forgotten } = await vitrine.invitations.invite(reader);
    expect((await vitrine.logIn(who)).answer.status).toBe(200);
    await accept(forgotten);
    expect((await vitrine.sessions.list()).filter(({ userId }) => userId === reader.id)).toEqual([]);
    expect((await vitrine.logIn(who)).answer.status).toBe(401);
    await vitrine.users.change(reader.id, { password: who.password });
  });

  it('is stored as a hash', async () => {
    const rows = JSON.stringify(await execute(vitrine.config.database, 'SELECT * FROM password_links'));
    expect(rows).toContain(id);
    expect(rows).not.toContain(secret);
  });

  it('is not accepted from a page of another site, nor in what is no secret', async () => {
    expect((await open(secret, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    for (const other of ['', 'x', 'x'.repeat(43), `${secret}x`]) expect(heading(await open(other))).toEqual(OVER);
  });
});
