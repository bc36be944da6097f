import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { Refused } from '../src/identity/errors.ts';
import { ensureAdministrator, readablePassword } from '../src/identity/firstAdministrator.ts';
import { Passwords } from '../src/identity/passwords.ts';
import { Users } from '../src/identity/users.ts';
import { systemClock } from '../src/shared/clock.ts';
import { databases } from './support/freshDatabase.ts';

describe('the first administrator', () => {
  const email = 'Keeper@Example.org';
  const passwords = new Passwords('salt', 4);
  let database: Database;
  let users: Users;

  beforeEach(async () => {
    const empty = await databases[0].fresh();
    database = await openDatabase(empty.config, { warn: () => undefined });
    users = new Users(database.users, passwords, systemClock, () => Promise.resolve());
    return async () => {
      await database.close();
      await empty.remove();
    };
  });

  const opens = async (password: string) =>
    passwords.matches(password, (await database.users.findByEmail(email.toLowerCase()))?.passwordHash);

  it('gets a password that is made up and said once', async () => {
    const password = await ensureAdministrator(users, { email, password: undefined });
    expect(await opens(password ?? '')).toBe(true);
    expect(await users.list()).toMatchObject([{ email: 'keeper@example.org', active: true, roles: ['admin'] }]);
    expect(await ensureAdministrator(users, { email, password: undefined })).toBeUndefined();
    expect(await opens(password ?? ''), 'and keeps it').toBe(true);
  });

  it('gets the configured password, which nobody is told', async () => {
    expect(await ensureAdministrator(users, { email, password: 'chosen by hand' })).toBeUndefined();
    expect(await opens('chosen by hand')).toBe(true);
  });

  it('is left as it is when it exists: disabled, demoted, with a password of its own', async () => {
    await ensureAdministrator(users, { email, password: 'chosen by hand' });
    await users.add({ email: 'second@example.org', password: 'another by hand', roles: ['admin'] });
    const [first] = await users.list();
    await users.change(first?.id ?? '', { active: false, roles: [], password: 'changed since' });
    expect(await ensureAdministrator(users, { email, password: 'chosen by hand' })).toBeUndefined();
    expect(await opens('changed since')).toBe(true);
    expect(await users.find(first?.id ?? '')).toMatchObject({ active: false, roles: [] });
  });

  it('is made by one of several services that start at once, and announced by that one alone', async () => {
    const said = await Promise.all(
      Array.from({ length: 4 }, () => ensureAdministrator(users, { email, password: undefined })),
    );
    const [password, ...others] = said.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(await opens(password ?? '')).toBe(true);
  });

  it('is not made of what is no e-mail address', async () => {
    await expect(ensureAdministrator(users, { email: 'keeper', password: undefined })).rejects.toBeInstanceOf(Refused);
  });

  it('never gets the same password twice, nor letters that look alike', () => {
    const made = Array.from({ length: 200 }, readablePassword);
    expect(new Set(made).size).toBe(200);
    expect(made.join('')).not.toMatch(/[0O1Il]/);
  });
});
