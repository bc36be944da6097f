import type { QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import type { Wanted } from '../src/shared/list.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { login, person } from './support/people.ts';

const quiet = { warn: () => undefined };
const all = { descending: false, limit: 100, offset: 0 };
const day = (number: number): Date => new Date(Date.UTC(2026, 4, number));

/** A statement's answer is its rows, or an object with them. */
const rowsIn = (answer: unknown): number =>
  Array.isArray(answer) ? answer.length : (answer as { records: unknown[] }).records.length;

describe.for(databases)('on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('a list', () => {
    let empty: Fresh;
    let database: Database;

    beforeAll(async () => {
      empty = await fresh();
      database = await openDatabase(empty.config, quiet);
      const { users, sessions } = database;
      for (const name of ['readers', 'staff']) await users.insertRole({ name, description: '' });
      const people = [
        person('Ägid', { email: 'c@example.org', roles: ['staff', 'readers'], createdAt: day(3) }),
        person('bea', { email: 'a@example.org', active: false, createdAt: day(1) }),
        person('100% Zoë_', { email: 'b@example.org', roles: ['staff'], createdAt: day(2) }),
      ];
      for (const one of people) {
        await users.insert(one);
        for (const expiresAt of [day(20), day(9)]) await sessions.insert({ ...login(one, one.createdAt), expiresAt });
      }
    });
    afterAll(async () => {
      await database.close();
      await empty.remove();
    });

    const emails = async (wanted: readonly Wanted[], page: Partial<typeof all> & { sortBy?: string } = {}) => {
      const found = await database.users.page({ ...all, sortBy: 'email', ...page }, wanted);
      return found.map(({ email }) => email.slice(0, 1)).join('');
    };

    it.for<[Wanted, string]>([
      [{ field: 'email', text: 'EXAMPLE' }, 'abc'],
      [{ field: 'name', text: 'äG' }, 'c'],
      [{ field: 'name', text: 'ZOË' }, 'b'],
      [{ field: 'name', text: '%' }, 'b'],
      [{ field: 'name', text: '_' }, 'b'],
      [{ field: 'name', text: '!' }, ''],
      [{ field: 'name', text: "' OR 1=1 --" }, ''],
      [{ field: 'name', text: '\0' }, ''],
      [{ field: 'roles', text: 'staff' }, 'bc'],
      [{ field: 'roles', text: 'READ' }, 'c'],
      [{ field: 'active', text: 'true' }, 'bc'],
      [{ field: 'active', text: 'false' }, 'a'],
      [{ field: 'active', text: 'maybe' }, ''],
      [{ field: 'createdAt', from: day(2), to: undefined }, 'bc'],
      [{ field: 'createdAt', from: undefined, to: day(2) }, 'ab'],
      [{ field: 'createdAt', from: day(2), to: day(2) }, 'b'],
      [{ field: 'createdAt', from: new Date(NaN), to: undefined }, ''],
      [{ field: 'createdAt', text: '2026' }, ''],
      [{ field: 'lastLoginAt', from: day(1), to: undefined }, ''],
      [{ field: 'email', from: day(1), to: undefined }, ''],
      [{ field: 'passwordHash', text: '$' }, ''],
      [{ field: '__proto__', text: 'a' }, ''],
      [{ field: 'constructor', text: 'Object' }, ''],
    ])('of users holds what is wanted, and is as long: %j', async ([wanted, found]) => {
      expect(await emails([wanted])).toBe(found);
      expect(await database.users.count([wanted])).toBe(found.length);
    });

    it('of users holds what all conditions are true of', async () => {
      const wanted = [
        { field: 'roles', text: 'staff' },
        { field: 'roles', text: 'readers' },
      ];
      expect(await emails(wanted)).toBe('c');
      expect(await database.users.count(wanted)).toBe(1);
    });

    it('of users is in order, either way', async () => {
      expect(await emails([], { sortBy: 'name' })).toBe('bac');
      expect(await emails([], { sortBy: 'createdAt', descending: true })).toBe('cba');
      expect(await emails([], { sortBy: 'active' })).toMatch(/^a/);
      expect(await emails([], { sortBy: 'roles', descending: true, limit: 1 })).toMatch(/[ab]/);
      expect(await emails([], { sortBy: 'passwordHash' })).toHaveLength(3);
    });

    it('has rows that are alike in its own order: users by e-mail, sessions by their beginning', async () => {
      expect(await emails([], { sortBy: 'lastLoginAt' })).toBe('abc');
      expect(await emails([], { sortBy: 'lastLoginAt', descending: true })).toBe('cba');
      expect(await emails([], { sortBy: 'nothing' })).toBe('abc');
      const sessions = await database.sessions.page({ ...all, sortBy: 'address' }, [], day(10));
      expect(sessions.map(({ user }) => user.email.slice(0, 1)).join('')).toBe('abc');
    });

    it('has every row on one page, also where rows are alike', async () => {
      const pages = await Promise.all(
        [0, 1, 2].map((offset) => emails([], { sortBy: 'lastLoginAt', limit: 1, offset })),
      );
      expect(pages.toSorted().join('')).toBe('abc');
      expect(await emails([], { offset: 3 })).toBe('');
    });

    it('of users has their roles', async () => {
      const [found] = await database.users.page(all, [{ field: 'name', text: 'Ägid' }]);
      expect(found?.roles).toEqual(['readers', 'staff']);
      expect((await database.users.membersOf('staff')).toSorted()).toHaveLength(2);
    });

    it('asks the database for one page of rows, not for all', async () => {
      const runners = [BetterSqlite3QueryRunner, PostgresQueryRunner];
      const asked = runners.map(({ prototype }) => vi.spyOn<QueryRunner, 'query'>(prototype, 'query'));
      await database.users.page({ ...all, sortBy: 'email', limit: 1 }, []);
      await database.sessions.page({ ...all, sortBy: 'createdAt', descending: true, limit: 1 }, [], day(5));
      const answers = await Promise.all(asked.flatMap(({ mock }) => mock.results.map(({ value }) => value as unknown)));
      vi.restoreAllMocks();
      expect(answers.map((answer) => rowsIn(answer))).toEqual([1, 1, 1, 2]); // a session comes once for each role of its user
    });

    it('of sessions holds those whose time is not over', async () => {
      const { sessions } = database;
      const found = await sessions.page({ ...all, sortBy: 'createdAt', descending: true }, [], day(10));
      expect(found.map(({ user }) => user.email.slice(0, 1)).join('')).toBe('cba');
      expect(await sessions.count([], day(10))).toBe(3);
      expect(await sessions.count([], day(5))).toBe(6);
      expect(await sessions.count([{ field: 'user', text: 'B@' }], day(5))).toBe(2);
      expect(await sessions.count([{ field: 'user', text: 'B@' }], day(20))).toBe(0);
    });
  });
});
