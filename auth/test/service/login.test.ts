// What an attacker, or bad luck, can do to a login.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setCookies } from '../support/ask.ts';
import { READER, Vitrine } from '../support/vitrine.ts';

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
