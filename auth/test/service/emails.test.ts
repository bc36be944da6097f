// One é can be typed in two ways. At every door an e-mail address is the same one, however it is typed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAdministrator } from '../../src/identity/firstAdministrator.ts';
import { normaliseEmail } from '../../src/identity/checks.ts';
import { Vitrine } from '../support/vitrine.ts';

const PASSWORD = 'a reader of old maps';
const COMPOSED = 'jérôme@example.org'.normalize('NFC');
const DECOMPOSED = COMPOSED.normalize('NFD');

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start();
  await vitrine.users.add({ email: DECOMPOSED, password: PASSWORD, name: 'Je\u0301ro\u0302me' });
});
afterAll(() => vitrine.stop());

describe('an e-mail address', () => {
  it.each([COMPOSED, DECOMPOSED, ` ${DECOMPOSED.toUpperCase()} `])('logs in as %j', async (email) => {
    const { answer } = await vitrine.logIn({ email, password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(COMPOSED);
  });

  it('is kept composed, as its owner’s name is', async () => {
    expect(await vitrine.database.users.findByEmail(COMPOSED)).toMatchObject({ email: COMPOSED, name: 'Jérôme' });
    expect(await vitrine.database.users.findByEmail(DECOMPOSED)).toBeUndefined();
  });

  it('is found, taken and changed in either spelling', async () => {
    const found = await vitrine.users.findByEmail(DECOMPOSED);
    expect(found?.email).toBe(COMPOSED);
    await expect(vitrine.users.add({ email: DECOMPOSED, password: PASSWORD })).rejects.toThrow(
      'There is a user with this e-mail address',
    );
    const changed = await vitrine.users.change(found?.id ?? '', { email: `x${DECOMPOSED}` });
    expect(changed.email).toBe(`x${COMPOSED}`);
    await vitrine.users.change(changed.id, { email: DECOMPOSED });
  });

  it('of the first administrator is not made twice', async () => {
    const email = 'ga\u0308rtner@example.org';
    expect(await ensureAdministrator(vitrine.users, { email, password: undefined })).toBeTypeOf('string');
    const again = { email: email.normalize('NFC'), password: undefined };
    expect(await ensureAdministrator(vitrine.users, again)).toBeUndefined();
  });

  it('is one account to the throttle', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const email = attempt % 2 ? COMPOSED : DECOMPOSED;
      expect((await vitrine.logIn({ email, password: 'guess' })).answer.status).toBe(401);
    }
    for (const email of [COMPOSED, DECOMPOSED]) {
      expect((await vitrine.logIn({ email, password: PASSWORD })).answer.status).toBe(429);
    }
  });

  it.each(['İ@x.org', 'ÅNGSTRÖM@x.org', 'ǰ@x.org', 'ﬁ@x.org'])(
    '%j has one spelling, and that one is its own',
    (email) => {
      const normal = normaliseEmail(email);
      expect(normaliseEmail(normal)).toBe(normal);
      expect(normaliseEmail(email.normalize('NFD'))).toBe(normal);
    },
  );
});

describe('the name of a role', () => {
  it('is the same in either spelling', async () => {
    const name = 'lésesaal';
    await vitrine.users.addRole({ name: name.normalize('NFD'), description: '' });
    expect((await vitrine.users.listRoles()).map((role) => role.name)).toContain(name.normalize('NFC'));
    const reader = await vitrine.users.findByEmail(COMPOSED);
    const { roles } = await vitrine.users.change(reader?.id ?? '', { roles: [name.normalize('NFD')] });
    expect(roles).toEqual([name.normalize('NFC')]);
  });
});
