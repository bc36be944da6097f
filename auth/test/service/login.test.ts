// What an attacker, or bad luck, can do to a login.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Login, type LoginResult } from '../../src/identity/login.ts';
import type { Passwords } from '../../src/identity/passwords.ts';
import { Throttle } from '../../src/identity/throttle.ts';
import { setCookies } from '../support/ask.ts';
import { MemoryUsers } from '../support/memory.ts';
import { READER, Vitrine } from '../support/vitrine.ts';

describe('many logins', () => {
  it('that come at once do not all queue: who would wait for long is told so', async () => {
    let compared = 0;
    let release: (matches: boolean) => void = () => undefined;
    const comparison = new Promise<boolean>((resolve) => (release = resolve));
    const matches = (): Promise<boolean> => {
      compared += 1;
      return comparison;
    };
    const login = new Login(new MemoryUsers(), { matches } as unknown as Passwords, new Throttle());
    const attempt = (number: number): Promise<LoginResult> =>
      login.attempt(`reader${number}@example.org`, 'guess', '192.0.2.7', new Date());

    const attempts = Array.from({ length: 100 }, (_, number) => attempt(number));
    expect(await attempts[99]).toEqual({ kind: 'throttled', retryAfter: 5 });
    release(false);
    const kinds = (await Promise.all(attempts)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(80);
    expect(compared).toBe(20);
    expect((await attempt(101)).kind).toBe('wrong');
  });

  it('cannot leave the limits behind by another address of the same IPv6 network', async () => {
    const throttle = new Throttle();
    for (let last = 1; last <= 10; last += 1) await throttle.failed('reader@example.org', `2001:db8:1:2::${last}`);
    expect(await throttle.secondsToWait('reader@example.org', '2001:db8:1:2:aaaa::7')).toBeGreaterThan(0);
    expect(await throttle.secondsToWait('reader@example.org', '2001:db8:1:3::7')).toBe(0);
  });
});

describe('a login', () => {
  let vitrine: Vitrine;
  beforeAll(async () => {
    vitrine = await Vitrine.start();
  });
  afterAll(() => vitrine.stop());

  it('is not read out of the address', async () => {
    const query = new URLSearchParams(READER).toString();
    const answer = await vitrine.ask(`/auth/iiif-login?${query}`, { form: { email: '', password: '' } });
    expect(answer.status).toBe(400);
    expect(setCookies(answer).size).toBe(0);
  });

  it('with a password that is changed at that moment begins no session', async () => {
    const { sessions } = vitrine.database;
    const insert = sessions.insert.bind(sessions);
    const reader = await vitrine.users.findByEmail(READER.email);
    sessions.insert = async (session) => {
      await vitrine.users.change(reader?.id ?? '', { password: 'another of old maps' });
      await insert(session);
    };
    const { answer } = await vitrine.logIn();
    sessions.insert = insert;
    expect(answer.status).toBe(401);
    expect(await vitrine.sessions.list()).toEqual([]);
    await vitrine.users.change(reader?.id ?? '', { password: READER.password });
    expect((await vitrine.logIn()).answer.status).toBe(200);
  });

  it('that is refused for a while is recorded once, however often it is tried', async () => {
    for (let attempt = 0; attempt < 15; attempt += 1) await vitrine.logIn({ ...READER, password: 'guess' });
    const actions = (await vitrine.database.audit.list(100, 0)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'login.failed')).toHaveLength(10);
    expect(actions.filter((action) => action === 'login.throttled')).toHaveLength(1);
  });
});
