import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DataSource } from 'typeorm';
import { beforeEach, describe, expect, it } from 'vitest';
import { entities } from '../src/database/entities/all.ts';
import { openDatabase } from '../src/database/open.ts';
import { StoreUnavailable } from '../src/identity/errors.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { person } from './support/people.ts';

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

    it('makes by its migrations exactly what the entities say', async () => {
      await (await openDatabase(empty.config, quiet)).close();
      const { config } = empty;
      const source = await new DataSource(
        config.type === 'sqlite'
          ? { type: 'better-sqlite3', database: config.file, entities }
          : { type: 'postgres', url: config.url, entities, installExtensions: false },
      ).initialize();
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
          expect(database.users.update({ ...ada, roles: [] })).rejects.toThrow('last active administrator'),
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
