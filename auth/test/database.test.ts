import { createHash, randomUUID } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { Conflict, LastAdministrator, Refused } from '../src/identity/errors.ts';
import type { UserWithHash } from '../src/identity/user.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { login, person, withRoles } from './support/people.ts';

const quiet = { warn: () => undefined };

describe.for(databases)('on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('the database', () => {
    let empty: Fresh;
    let database: Database;
    let users: Database['users'];
    let sessions: Database['sessions'];
    let ada: UserWithHash;

    beforeAll(async () => {
      empty = await fresh();
      database = await openDatabase(empty.config, quiet);
      ({ users, sessions } = database);
    });
    afterAll(async () => {
      await database.close();
      await empty.remove();
    });
    beforeEach(async () => {
      ada = person(`Ada-${randomUUID()}`);
      await users.insert(ada);
    });

    describe('keeps users', () => {
      it('as they were given, with the password’s hash for the login alone', async () => {
        const { passwordHash, ...user } = ada;
        expect(await users.find(ada.id)).toEqual(user);
        expect(await users.findByEmail(ada.email)).toEqual({ ...user, passwordHash });
        expect(await users.list()).toContainEqual(user);
      });

      it('and knows nobody whom nobody added', async () => {
        expect(await users.find(randomUUID())).toBeUndefined();
        expect(await users.findByEmail('nobody@example.org')).toBeUndefined();
        expect(await users.findByEmail('nobody\0@example.org')).toBeUndefined();
      });

      it('changed, without forgetting when they came and last logged in', async () => {
        await users.touchLastLogin(ada.id, new Date('2026-05-06T07:08:09.010Z'));
        await users.update({ ...ada, name: 'Ada L.', active: false });
        const changed = await users.findByEmail(ada.email);
        expect(changed).toMatchObject({ name: 'Ada L.', active: false, passwordHash: ada.passwordHash });
        expect(changed?.createdAt).toEqual(ada.createdAt);
        expect(changed?.lastLoginAt).toEqual(new Date('2026-05-06T07:08:09.010Z'));
      });

      it('with a new password only where one is given', async () => {
        await users.update(ada, 'another hash');
        expect((await users.findByEmail(ada.email))?.passwordHash).toBe('another hash');
      });

      it('one to an e-mail address', async () => {
        const bob = person(`Bob-${randomUUID()}`);
        await users.insert(bob);
        const taken = { name: 'Conflict', field: 'email' };
        await expect(users.insert(person('Eve', { email: ada.email }))).rejects.toMatchObject(taken);
        await expect(users.update({ ...bob, email: ada.email })).rejects.toMatchObject(taken);
        expect((await users.find(bob.id))?.email).toBe(bob.email);
      });

      it('and refuses to change one who was removed meanwhile', async () => {
        await users.remove(ada.id);
        await expect(users.update(ada)).rejects.toMatchObject({ name: 'Refused', field: 'id' });
        await expect(users.remove(ada.id)).resolves.toBeUndefined();
      });
    });

    describe('keeps roles', () => {
      it('and has the administrators’ from the start', async () => {
        expect((await users.listRoles()).map(({ name }) => name)).toContain('admin');
      });

      it('in alphabetical order for a user, and takes a removed one from everybody', async () => {
        const [a, b] = [`a-${randomUUID()}`, `b-${randomUUID()}`];
        await users.insertRole({ name: b, description: '' });
        await users.insertRole({ name: a, description: 'first' });
        await users.update(withRoles(ada, [b, a]));
        expect((await users.find(ada.id))?.roles).toEqual([a, b]);
        await users.removeRole(a);
        expect((await users.find(ada.id))?.roles).toEqual([b]);
        expect((await users.listRoles()).map(({ name }) => name)).not.toContain(a);
      });

      it('of which no two have a name, and changes what describes one', async () => {
        const role = { name: randomUUID(), description: 'before' };
        await users.insertRole(role);
        await expect(users.insertRole(role)).rejects.toBeInstanceOf(Conflict);
        await users.updateRole({ ...role, description: 'after' });
        expect(await users.listRoles()).toContainEqual({ ...role, description: 'after' });
        await expect(users.updateRole({ name: 'nowhere', description: '' })).rejects.toBeInstanceOf(Refused);
      });

      it('and refuses a user with one that is not there, without half of the change', async () => {
        await expect(users.update({ ...withRoles(ada, ['nowhere']), name: 'Half' })).rejects.toMatchObject({
          name: 'Refused',
          field: 'roles',
        });
        const eve = person('Eve', { roles: ['nowhere'] });
        await expect(users.insert(eve)).rejects.toBeInstanceOf(Refused);
        expect((await users.find(ada.id))?.name).toBe(ada.name);
        expect(await users.find(eve.id)).toBeUndefined();
      });
    });

    describe('keeps sessions', () => {
      it('and finds one with its user by either secret’s hash and by id', async () => {
        await users.update(withRoles(ada, ['admin']));
        const { accessHash, accountHash, ...session } = login(ada);
        await sessions.insert({ ...session, accessHash, accountHash });
        const { passwordHash: _, ...user } = ada;
        const live = { ...session, user: withRoles(user, ['admin']) };
        expect(await sessions.findByAccessHash(accessHash)).toEqual(live);
        expect(await sessions.findByAccountHash(accountHash)).toEqual(live);
        expect(await sessions.find(session.id)).toEqual(live);
        expect(await sessions.list()).toContainEqual(live);
        expect(await sessions.findByAccessHash(accountHash)).toBeUndefined();
        const eve = person(`Eve-${randomUUID()}`, { roles: ['admin'] });
        await users.insert(eve);
        await users.remove(ada.id);
        expect(await sessions.find(session.id), 'gone with its user').toBeUndefined();
      });

      it('until one is ended, or all of a user, or their time is over', async () => {
        const [first, second, third] = [login(ada), login(ada), login(ada)];
        const old = login(ada, new Date('2026-01-01T00:00:00Z'));
        for (const session of [first, second, third, old]) await sessions.insert(session);
        await sessions.remove(first.id);
        expect(await sessions.find(first.id)).toBeUndefined();
        const { retention } = database;
        await retention.removeSomeBefore('session', old.expiresAt);
        expect(await sessions.find(old.id)).toBeDefined();
        await retention.removeSomeBefore('session', new Date(old.expiresAt.getTime() + 1));
        expect(await sessions.find(old.id)).toBeUndefined();
        expect(await sessions.find(second.id)).toBeDefined();
        await sessions.removeOfUser(ada.id);
        expect(await sessions.find(third.id)).toBeUndefined();
      });

      it('the newest of a user, where there are too many, and all of others', async () => {
        const eve = person(`Eve-${randomUUID()}`);
        await users.insert(eve);
        const evesLogin = login(eve, new Date('2026-01-01T00:00:00Z'));
        const adasLogins = [3, 1, 4, 2].map((hour) => login(ada, new Date(`2026-01-01T0${hour}:00:00Z`)));
        for (const session of [evesLogin, ...adasLogins]) await sessions.insert(session);
        expect(await sessions.removeOldestOf(ada.id, 2)).toBe(2);
        const left = await Promise.all(
          [evesLogin, ...adasLogins].map(async ({ id }) => (await sessions.find(id)) !== undefined),
        );
        expect(left).toEqual([true, true, false, true, false]);
        expect(await sessions.removeOldestOf(ada.id, 2)).toBe(0);
      });

      it('of nobody but known users', async () => {
        await expect(sessions.insert(login({ id: randomUUID() }))).rejects.toMatchObject({ field: 'userId' });
      });
    });

    it('keeps the audit trail, newest first, of users long gone too', async () => {
      const before = await database.audit.count();
      const event = {
        at: new Date('2026-03-04T05:06:07.008Z'),
        action: 'login.failed',
        target: '',
        address: '',
      } as const;
      for (const actor of ['one', 'two', `three\0${'x'.repeat(5000)}`])
        await database.audit.record({ ...event, actor });
      expect(await database.audit.count()).toBe(before + 3);
      const [newest, second] = await database.audit.list(2, 0);
      expect(newest?.actor).toMatch(/^three\uFFFDx{300,}$/);
      expect(second).toEqual({ ...event, id: expect.any(Number) as number, actor: 'two' });
      expect(await database.audit.list(1, 2)).toMatchObject([{ actor: 'one' }]);
    });

    it('keeps the facts of 10,000 files, and says them again, in a few statements each', async () => {
      const key = (i: number) => createHash('sha256').update(`${ada.id}${i}`).digest('hex');
      const texts = new Map(Array.from({ length: 10_000 }, (_, i) => [key(i), `{"of":${i}}`]));
      const runners = [BetterSqlite3QueryRunner, PostgresQueryRunner];
      const asked = runners.map(({ prototype }) => vi.spyOn<QueryRunner, 'query'>(prototype, 'query'));
      const statements = (): number => asked.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      await database.facts.save(texts);
      const saved = statements();
      expect(await database.facts.load([...texts.keys(), key(-1)])).toEqual(texts);
      const loaded = statements() - saved;
      vi.restoreAllMocks();
      for (const number of [saved, loaded]) expect(number).toSatisfy((some: number) => some > 0 && some < 50);
      await database.facts.save(new Map([[key(3), 'other']]));
      expect(await database.facts.load([key(3)])).toEqual(new Map([[key(3), 'other']]));
      expect(await database.facts.load([])).toEqual(new Map());
    });
  });

  describe.skipIf(missing)('the last administrator', () => {
    let empty: Fresh;
    let database: Database;
    const ada = person('Ada', { roles: ['admin'] });
    const bob = person('Bob', { roles: ['admin'] });

    beforeEach(async () => {
      empty = await fresh();
      database = await openDatabase(empty.config, quiet);
      await database.users.insert(ada);
      return async () => {
        await database.close();
        await empty.remove();
      };
    });

    it('is not disabled, demoted or removed, and nothing of such a change is kept', async () => {
      const { users } = database;
      await users.insert({ ...bob, active: false });
      const changes = [
        () => users.update({ ...ada, active: false, name: 'changed' }),
        () => users.update({ ...withRoles(ada, []), name: 'changed' }, 'changed'),
        () => users.remove(ada.id),
        () => users.removeRole('admin'),
      ];
      for (const change of changes) await expect(change()).rejects.toBeInstanceOf(LastAdministrator);
      expect(await users.findByEmail(ada.email)).toEqual(ada);
    });

    it('may go once there is another', async () => {
      await database.users.insert(bob);
      await database.users.update(withRoles(ada, []));
      await expect(database.users.remove(bob.id)).rejects.toBeInstanceOf(LastAdministrator);
      await database.users.remove(ada.id);
    });

    it('is none whose role ends: then there would be nobody, without any change', async () => {
      const memberships = [{ role: 'admin', from: undefined, until: new Date(Date.now() + 1000) }];
      await expect(database.users.update({ ...ada, memberships })).rejects.toBeInstanceOf(LastAdministrator);
    });

    it('stays where two demote each other at the same moment, from two services', async () => {
      const other = await openDatabase(empty.config, quiet);
      await database.users.insert(bob);
      for (let round = 0; round < 10; round++) {
        await database.users.update(ada);
        await database.users.update(bob);
        const both = await Promise.allSettled([
          database.users.update(withRoles(ada, [])),
          other.users.update({ ...bob, active: false }),
        ]);
        const failed = both.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
        expect(failed).toEqual([expect.any(LastAdministrator)]);
      }
      await other.close();
    });

    it('is not in the way where there never was one', async () => {
      const unpeopled = await fresh();
      const young = await openDatabase(unpeopled.config, quiet);
      await young.users.insert(withRoles(bob, []));
      await young.users.update({ ...withRoles(bob, []), name: 'Robert' });
      await young.users.remove(bob.id);
      expect(await young.users.list()).toEqual([]);
      await young.close();
      await unpeopled.remove();
    });
  });
});
