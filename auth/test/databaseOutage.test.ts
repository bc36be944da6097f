import { randomUUID } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataSource } from 'typeorm';
import { type Database, openDatabase, openDatabaseOnce } from '../src/database/open.ts';
import { StoreUnavailable } from '../src/shared/errors.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { login, person } from './support/people.ts';
import { type Postgres, postgresPrograms, startPostgres } from './support/postgres.ts';
import { until } from '../../test-support/until.mjs';
import { quietableWay } from './support/way.ts';

const quiet = { warn: () => undefined };
const programs = postgresPrograms();

/** Every question that can be asked. */
function questions({ users, sessions, endedVisits, audit, facts, retention }: Database): (() => Promise<unknown>)[] {
  const ada = person('Ada');
  const role = { name: 'reader', description: '' };
  return [
    () => users.list(),
    () => users.find(ada.id),
    () => users.findByEmail(ada.email),
    () => users.insert(ada),
    () => users.update(ada),
    () => users.remove(ada.id),
    () => users.touchLastLogin(ada.id, new Date()),
    () => users.listRoles(),
    () => users.insertRole(role),
    () => users.updateRole(role),
    () => users.removeRole(role.name),
    () => sessions.insert(login(ada)),
    () => sessions.findByAccessHash('0'),
    () => sessions.findByAccountHash('0'),
    () => sessions.find(randomUUID()),
    () => sessions.list(),
    () => sessions.remove(randomUUID()),
    () => sessions.removeOfUser(ada.id),
    () => retention.removeSomeBefore('session', new Date()),
    () => retention.removeSomeBeyond('image_fact', 1),
    () => endedVisits.add('number', new Date()),
    () => endedVisits.has('number'),
    () => audit.record({ at: new Date(), action: 'login', actor: 'a', target: 'b', address: '' }),
    () => audit.list(1, 0),
    () => audit.count(),
    () => facts.load(['0']),
    () => facts.save(new Map([['0', 'facts']])),
  ];
}

/** @param because what the driver says, which tells what was waited for */
async function expectUnavailable(ask: () => Promise<unknown>, because: RegExp): Promise<void> {
  const error: unknown = await ask().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, String(ask)).toBeInstanceOf(StoreUnavailable);
  const { cause } = error as StoreUnavailable;
  expect(cause, String(ask)).toBeInstanceOf(Error);
  expect((cause as Error).message, String(ask)).toMatch(because);
}

describe.skipIf(programs === undefined)('PostgreSQL that does not answer', () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(programs ?? '');
  });
  afterEach(() => vi.useRealTimers());
  afterAll(() => server.remove());

  it('at the start is waited for, with a line in the log each time', async () => {
    await server.stop();
    const lines: object[] = [];
    let opened = false;
    const opening = openDatabase(
      { type: 'postgres', url: server.url('postgres') },
      { warn: (fields, message) => lines.push({ ...fields, message }) },
    );
    void opening.then(() => (opened = true));
    await until('two lines in the log', () => lines.length >= 2);
    expect(lines[0]).toEqual({
      cause: expect.stringContaining('ECONNREFUSED') as string,
      message: expect.stringContaining('trying again') as string,
    });
    expect(opened).toBe(false);
    await server.start();
    const database = await opening;
    expect(await database.users.listRoles()).toHaveLength(1);
    await database.close();
  });

  it('is an error at once for somebody who waits', async () => {
    const opening = openDatabaseOnce({ type: 'postgres', url: server.url('nowhere') }, quiet);
    await expect(opening).rejects.toThrow('nowhere');
  });

  it('later makes every question StoreUnavailable, and answers again after its restart', async () => {
    const lines: string[] = [];
    const config = { type: 'postgres', url: server.url('postgres') } as const;
    const database = await openDatabase(config, { warn: (_, message) => lines.push(message) });
    await Promise.all(Array.from({ length: 10 }, () => database.users.list()));
    await server.stop();
    // At once: nothing waits for a timer, not one of these runs out.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    for (const ask of questions(database)) await expectUnavailable(ask, /ECONNREFUSED/);
    vi.useRealTimers();
    expect(lines).toContain('A connection to the database broke');
    await server.start();
    expect(await database.users.listRoles()).toHaveLength(1);
    await database.close();
  });

  it('and falls silent keeps nobody waiting for long, and the dead connections are not asked again', async () => {
    const way = await quietableWay(server.port);
    const url = server.url('postgres').replace(`:${server.port}/`, `:${way.port}/`);
    const database = await openDatabase({ type: 'postgres', url }, quiet);
    await Promise.all(Array.from({ length: 10 }, () => database.users.list()));
    way.fallSilent();
    await within(6000, () => Promise.all(questions(database).map((ask) => expectUnavailable(ask, /timeout/))));
    way.speak();
    // On a dead connection one of these would be refused, too.
    await Promise.all(Array.from({ length: 20 }, () => database.users.list()));
    await database.close();
    await way.close();
  });
});

describe('SQLite', () => {
  let empty: Fresh;
  let file: string;
  beforeEach(async () => {
    empty = await databases[0].fresh();
    file = empty.config.type === 'sqlite' ? empty.config.file : '';
  });
  afterEach(() => empty.remove());

  it('makes a file that its owner alone can read, with what belongs to it', async () => {
    const database = await openDatabase(empty.config, quiet);
    await database.users.insert(person('Ada'));
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777, name).toBe(0o600);
    await database.close();
  });

  it('says so at once where the folder is missing, and does not make it', async () => {
    const folder = dirname(file);
    const opening = openDatabase({ type: 'sqlite', file: join(folder, 'nowhere', 'auth.db') }, quiet);
    await expect(opening).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses to open a file that is no database', async () => {
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    await expect(openDatabase(empty.config, quiet)).rejects.toThrow('not a database');
  });

  it('that another process keeps busy is read on, and written to when it is free again', async () => {
    const database = await openDatabase(empty.config, quiet);
    const other = await new DataSource({ type: 'better-sqlite3', database: file }).initialize();
    await other.query('BEGIN IMMEDIATE');
    const ada = person('Ada');
    const added = database.users.insert(ada);
    expect(await database.users.list()).toEqual([]);
    await other.query('COMMIT');
    await added;
    expect(await database.users.find(ada.id)).toBeDefined();

    await other.query('BEGIN IMMEDIATE');
    await within(4000, () => expectUnavailable(() => database.users.remove(ada.id), /database is locked/));
    await other.query('ROLLBACK');
    await database.users.remove(ada.id);
    await other.destroy();
    await database.close();
  });

  it('that fails makes every question StoreUnavailable', async () => {
    const database = await openDatabase(empty.config, quiet);
    const other = await new DataSource({ type: 'better-sqlite3', database: file }).initialize();
    await other.query('PRAGMA foreign_keys = OFF');
    for (const table of ['sessions', 'user_roles', 'users', 'roles', 'audit_events', 'image_facts', 'ended_visits']) {
      await other.query(`DROP TABLE ${table}`);
    }
    await other.destroy();
    for (const ask of questions(database)) await expectUnavailable(ask, /no such table/);
    await database.close();
  });
});

/** What is over when so many milliseconds are, by a clock that this test moves. */
async function within(milliseconds: number, work: () => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const working = work();
    await vi.advanceTimersByTimeAsync(milliseconds);
    await working;
  } finally {
    vi.useRealTimers();
  }
}
