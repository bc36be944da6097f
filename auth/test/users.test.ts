// What people are called, since when they are here, and two administrators at the same user.
import { describe, expect, it } from 'vitest';
import { Passwords } from '../src/identity/passwords.ts';
import { Users } from '../src/identity/users.ts';
import { systemClock } from '../src/shared/clock.ts';
import { MemoryUsers } from './support/memory.ts';
import { person } from './support/people.ts';

it('a new password, which takes its time, does not undo what is changed meanwhile', async () => {
  const repository = new MemoryUsers();
  const users = new Users(repository, new Passwords('salt', 10), systemClock, () => Promise.resolve());
  const reader = person('Reader');
  await repository.insert(reader);
  const password = users.change(reader.id, { password: 'a new password' });
  await users.change(reader.id, { active: false });
  await password;
  expect((await users.find(reader.id))?.active).toBe(false);
});

it('a user is as old as the clock says that the service was handed', async () => {
  const createdAt = new Date('2026-01-02T03:04:05Z');
  const users = new Users(
    new MemoryUsers(),
    new Passwords('salt', 4),
    () => createdAt,
    () => Promise.resolve(),
  );
  const { id } = await users.add({ email: 'ada@example.org', password: 'long enough' });
  expect(await users.find(id)).toMatchObject({ createdAt, lastLoginAt: undefined });
});

it('people may have an apostrophe in their address', async () => {
  const users = new Users(new MemoryUsers(), new Passwords('salt', 4), systemClock, () => Promise.resolve());
  const { email } = await users.add({ email: "O'Neill@example.org", password: 'long enough' });
  expect(email).toBe("o'neill@example.org");
});

describe('a role with dates', () => {
  const until = new Date('2027-07-01T00:00:00Z');
  const repository = new MemoryUsers();
  const users = new Users(repository, new Passwords('salt', 4), systemClock, () => Promise.resolve());

  it.each([
    ['no end of the role that opens the panel', [{ role: 'admin', from: undefined, until }], 'no beginning and no end'],
    ['no beginning of it', [{ role: 'admin', from: until, until: undefined }], 'no beginning and no end'],
    ['no end before the beginning', [{ role: 'seminar', from: until, until }], 'would end before it begins'],
    ['no two times at once', ['seminar', { role: 'seminar', from: undefined, until }], 'there twice'],
    ['no role that is not there', [{ role: 'winter', from: undefined, until }], 'no role "winter"'],
  ])('has %s', async (_what, roles, message) => {
    await repository.insertRole({ name: 'seminar', description: '' }).catch(() => undefined);
    const wanted = { email: 'ada@example.org', password: 'long enough', roles };
    await expect(users.add(wanted)).rejects.toMatchObject({
      field: 'roles',
      message: expect.stringContaining(message) as string,
    });
    expect(await users.list()).toEqual([]);
  });
});
