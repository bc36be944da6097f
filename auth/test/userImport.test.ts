// People from a CSV file: what is said before, all or nothing, and who is told of it afterwards.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { LastAdministrator } from '../src/identity/errors.ts';
import { newcomer } from '../src/identity/peopleImport.ts';
import { Passwords } from '../src/identity/passwords.ts';
import { runCli } from './support/cli.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { login, person, withRoles } from './support/people.ts';

const quiet = { warn: () => undefined };
const ada = person('Ada', { roles: ['admin'] });
const HEADER = 'e-mail;name;roles;until';

describe('vitrine user import', () => {
  let folder: string;
  let file: string;
  let database: Database;
  let env: Record<string, string>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-import-'));
    file = join(folder, 'people.csv');
    env = { DATA_DIR: folder, IMAGE_DIR: folder, IMAGE_SERVER: 'iipsrv', PYRAMIDS_URL: 'http://127.0.0.1:1' };
    database = await openDatabase({ type: 'sqlite', file: join(folder, 'auth.db') }, quiet);
    for (const name of ['seminar', 'staff']) await database.users.insertRole({ name, description: '' });
    await database.users.insert(ada);
    return async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    };
  });

  const run = (rows: readonly string[], ...options: string[]) => {
    writeFileSync(file, [HEADER, ...rows].join('\n'));
    return runCli(env, ['user', 'import', file, ...options], '', false);
  };
  const trail = async () =>
    (await database.audit.list(100, 0)).reverse().map(({ action, target }) => `${action} ${target}`);

  it('says what it would do, and does it; then there is nothing left to do', async () => {
    const bob = withRoles(person('Bob'), ['staff']);
    await database.users.insert(bob);
    const session = login(bob);
    await database.sessions.insert(session);
    const rows = [
      'New@Example.org;New Student;seminar;2027-07-01T00:00Z',
      'bob@example.org;Robert;seminar;',
      'ada@example.org;;;',
    ];

    const dry = await run(rows, '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.out).toMatch(/^add +new@example\.org +New Student +seminar \(until 202\S+\)$/m);
    expect(dry.out).toMatch(/^change +bob@example\.org +Bob → Robert +staff → seminar, staff$/m);
    expect(dry.err).toBe('It would be: 1 added, 1 changed, 1 as they were.\n');
    expect(await database.users.list()).toHaveLength(2);
    expect(await trail()).toEqual([]);

    const real = await run(rows);
    expect(real).toEqual({ ...dry, err: 'Done: 1 added, 1 changed, 1 as they were.\n' });
    const until = new Date('2027-07-01T00:00:00Z');
    const added = await database.users.findByEmail('new@example.org');
    expect(added).toMatchObject({ name: 'New Student', active: true, memberships: [{ role: 'seminar', until }] });
    expect(await database.users.find(bob.id)).toMatchObject({ name: 'Robert', roles: ['seminar', 'staff'] });
    expect(await database.sessions.find(session.id)).toBeUndefined();
    expect(await trail()).toEqual(['user.add new@example.org', 'user.change bob@example.org']);
    expect((await run(rows)).err).toBe('Done: 0 added, 0 changed, 3 as they were.\n');
  });

  it('lets nobody in who has no password yet', async () => {
    await run(['new@example.org;;;']);
    const added = await database.users.findByEmail('new@example.org');
    const passwords = new Passwords('salt', 4);
    for (const typed of ['', 'undefined']) expect(await passwords.matches(typed, added?.passwordHash)).toBe(false);
  });

  it.each([
    ['an unknown role', 'bob@example.org;;seminr;', 'line 3, roles: There is no role "seminr".'],
    ['no e-mail address', 'bob;;;', 'line 3, e-mail: This is not an e-mail address.'],
    ['somebody twice', 'NEW@example.org;;;', 'line 3, e-mail: new@example.org stands in line 2 already.'],
    [
      'an administrator with an end',
      'ada@example.org;;admin;2027-07-01',
      'line 3, roles: The role "admin" has no beginning',
    ],
    ['a name that is too long', `bob@example.org;${'x'.repeat(201)};;`, 'line 3, name: At most 200 characters.'],
    ['a date that is none', 'bob@example.org;;staff;summer', 'line 3, until: summer is not a date'],
  ])('changes nothing where there is %s', async (_what, row, message) => {
    for (const options of [[], ['--dry-run']]) {
      const { code, err } = await run(['new@example.org;New;staff;', row], ...options);
      expect(code).toBe(1);
      expect(err).toContain('nothing was changed');
      expect(err).toContain(`people.csv, ${message}`);
    }
    expect(await database.users.list()).toHaveLength(1);
    expect(await trail()).toEqual([]);
  });

  it('reads standard input too', async () => {
    const answer = await runCli(env, ['user', 'import', '-'], 'e-mail\nnew@example.org\n', false);
    expect(answer.err).toBe('Done: 1 added, 0 changed, 0 as they were.\n');
  });

  it('says so where the file is not there', async () => {
    const answer = await runCli(env, ['user', 'import', join(folder, 'nowhere.csv')], '', false);
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') as string });
  });
});

describe.for(databases)('on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('an import', () => {
    let empty: Fresh;
    let database: Database;
    beforeEach(async () => {
      empty = await fresh();
      database = await openDatabase(empty.config, quiet);
      await database.users.insert(ada);
      return async () => {
        await database.close();
        await empty.remove();
      };
    });

    it('is all of it, trail and all, or nothing', async () => {
      const { users, audit } = database;
      const [bob, eve] = [person('Bob'), person('Eve')];
      const at = new Date();
      const added = [newcomer(bob)];
      await expect(users.importPeople({ added, changed: [withRoles(ada, [])] }, 'cli', at)).rejects.toBeInstanceOf(
        LastAdministrator,
      );
      await expect(users.importPeople({ added, changed: [eve] }, 'cli', at)).rejects.toThrow('no such user');
      expect(await users.list()).toHaveLength(1);
      expect(await audit.count()).toBe(0);
      await users.importPeople({ added, changed: [{ ...ada, name: 'Ada L.' }] }, 'cli', at);
      expect((await users.list()).map(({ name }) => name)).toEqual(['Ada L.', 'Bob']);
      expect(await audit.count()).toBe(2);
    });
  });
});
