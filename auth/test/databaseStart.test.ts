import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, describe, expect, it } from 'vitest';
import { CreateTables1795305600000 } from '../src/database/migrations/1795305600000-CreateTables.ts';
import { EndsOfRoles1795890000000 } from '../src/database/migrations/1795890000000-EndsOfRoles.ts';
import { migrations } from '../src/database/migrations/all.ts';
import { AddVisits1795348800000 } from '../src/database/migrations/1795348800000-AddVisits.ts';
import { openDatabase } from '../src/database/open.ts';
import { StoreUnavailable } from '../src/shared/errors.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { person } from './support/people.ts';
import { execute, sourceOf } from './support/tables.ts';

const quiet = { warn: () => undefined };

/** A service that starts when `go` is called. */
async function service(config: Fresh['config']) {
  const script = join(import.meta.dirname, 'support/openAndClose.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(config)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = once(child, 'exit');
  await lines.next();
  return {
    async go() {
      child.stdin.end('go');
      const { value } = (await lines.next()) as { value: string | undefined };
      const [code] = (await exit) as [number | null];
      return { code, ...(JSON.parse(value ?? '{}') as { password?: string }) };
    },
  };
}

describe.for(databases)('on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('at the start', () => {
    let empty: Fresh;
    beforeEach(async () => {
      empty = await fresh();
      return () => empty.remove();
    });

    it('brings up two services at once on an empty database, one of which makes the administrator', async () => {
      for (let round = 0; round < 3; round++) {
        const here = await fresh();
        const services = await Promise.all([service(here.config), service(here.config)]);
        const results = await Promise.all(services.map((one) => one.go()));
        expect(results.map(({ code }) => code)).toEqual([0, 0]);
        expect(results.filter(({ password }) => password !== undefined)).toHaveLength(1);
        await here.remove();
      }
    });

    it('brings up five at once in one process, several times', async () => {
      for (let round = 0; round < 5; round++) {
        const here = await fresh();
        const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase(here.config, quiet)));
        for (const one of opened) expect(await one.users.listRoles()).toHaveLength(1);
        for (const one of opened) await one.close();
        await here.remove();
      }
    });

    it('finds what was kept when it is opened again', async () => {
      const ada = person('Ada', { roles: ['admin'] });
      const first = await openDatabase(empty.config, quiet);
      await first.users.insert(ada);
      await first.close();
      const second = await openDatabase(empty.config, quiet);
      expect(await second.users.findByEmail(ada.email)).toEqual(ada);
      await second.close();
    });

    it('brings the addresses of an earlier version into one spelling, and touches no other account for it', async () => {
      const emails = ['jérôme@x.org', 'rené@x.org', 'zoe\u0308@x.org'].map((email) => email.normalize('NFD'));
      const [jerome, rene, zoe] = emails.map((email) => person('Old', { email }));
      const other = person('New', { email: 'rené@x.org' });
      const earlier = await openDatabase(empty.config, quiet);
      for (const one of [jerome, rene, zoe, other]) if (one) await earlier.users.insert(one);
      await earlier.close();
      await execute(empty.config, `DELETE FROM migrations WHERE name LIKE 'OneSpelling%'`);

      const now = await openDatabase(empty.config, quiet);
      expect((await now.users.findByEmail('jérôme@x.org'))?.id).toBe(jerome?.id);
      expect((await now.users.findByEmail('zoë@x.org'))?.id).toBe(zoe?.id);
      // Two accounts of one spelling: the one that had it keeps it, and the other is left for a person to look at.
      expect((await now.users.findByEmail('rené@x.org'))?.id).toBe(other.id);
      expect((await now.users.find(rene?.id ?? ''))?.email).toBe(rene?.email);
      await now.close();
    });

    it('drops the sizes of images of an earlier version: more than that is kept of a file now, and found out again', async () => {
      const earlier = sourceOf(empty.config, [CreateTables1795305600000, AddVisits1795348800000]);
      await earlier.initialize();
      await earlier.runMigrations({ transaction: 'none' });
      const key = 'a'.repeat(64);
      await earlier.query(`INSERT INTO image_facts (key, width, height) VALUES ('${key}', 6, 4)`);
      await earlier.destroy();

      const now = await openDatabase(empty.config, quiet);
      expect((await now.facts.load([key])).has(key)).toBe(false);
      await now.facts.save(new Map([[key, 'facts']]));
      expect((await now.facts.load([key])).get(key)).toBe('facts');
      await now.close();
    });

    it('gives nobody’s role an end who had it before roles could have one, and keeps the ends that are given', async () => {
      const earlier = sourceOf(empty.config, migrations.slice(0, migrations.indexOf(EndsOfRoles1795890000000)));
      await earlier.initialize();
      await earlier.runMigrations({ transaction: 'none' });
      const ada = person('Ada', { roles: ['admin'] });
      await earlier.query(
        `INSERT INTO users (id, email, name, active, password_hash, created_at) VALUES
          ('${ada.id}', '${ada.email}', 'Ada', true, '${ada.passwordHash}', '${ada.createdAt.toISOString()}')`,
      );
      await earlier.query(`INSERT INTO user_roles (user_id, role_name) VALUES ('${ada.id}', 'admin')`);
      await earlier.destroy();

      const now = await openDatabase(empty.config, quiet);
      expect(await now.users.findByEmail(ada.email)).toEqual(ada);
      await now.users.insertRole({ name: 'seminar', description: '' });
      const [from, until] = [new Date('2026-04-01T00:00:00Z'), new Date('2026-07-01T00:00:00Z')];
      const memberships = [...ada.memberships, { role: 'seminar', from, until }];
      await now.users.update({ ...ada, memberships });
      expect(await now.users.find(ada.id)).toMatchObject({ roles: ['admin'], memberships });
      await now.close();
    });

    it('makes by its migrations exactly what the entities say', async () => {
      await (await openDatabase(empty.config, quiet)).close();
      const source = await sourceOf(empty.config).initialize();
      try {
        const { upQueries } = await source.driver.createSchemaBuilder().log();
        expect(upQueries.map(({ query }) => query)).toEqual([]);
      } finally {
        await source.destroy();
      }
    });

    it(`keeps one request’s questions out of another’s transaction`, async () => {
      const database = await openDatabase(empty.config, quiet);
      const ada = person('Ada', { roles: ['admin'] });
      await database.users.insert(ada);
      // The refused changes are taken back; nothing that was accepted between them may go along.
      const people = Array.from({ length: 20 }, (_, i) => person(`Reader-${i}`));
      await Promise.all(
        people.flatMap((reader) => [
          expect(database.users.update({ ...ada, memberships: [] })).rejects.toThrow('last active administrator'),
          database.users.insert(reader),
          database.audit.record({
            at: new Date(),
            action: 'user.add',
            actor: 'cli',
            target: reader.email,
            address: '',
          }),
        ]),
      );
      expect(await database.users.list()).toHaveLength(21);
      expect(await database.audit.count()).toBe(20);
      await database.close();
    });

    it('finishes what is under way when it is closed, and answers StoreUnavailable from then on', async () => {
      const database = await openDatabase(empty.config, quiet);
      const people = Array.from({ length: 30 }, (_, i) => person(`Reader-${i}`));
      const added = Promise.all(people.map((reader) => database.users.insert(reader)));
      await database.close();
      await added;
      await expect(database.users.list()).rejects.toBeInstanceOf(StoreUnavailable);
    });
  });
});
