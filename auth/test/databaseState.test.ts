import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';
import { person } from './support/people.ts';

const quiet = { warn: () => undefined };

describe.for(databases)('on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('the database says by its state', () => {
    let empty: Fresh;
    let database: Database;

    beforeAll(async () => {
      empty = await fresh();
      database = await openDatabase(empty.config, quiet);
    });
    afterAll(async () => {
      await database.close();
      await empty.remove();
    });
    const state = (): Promise<string> => database.sessions.state();

    it('that nothing has changed', async () => {
      // Of PostgreSQL it is that of the whole server, on which other tests write.
      await vi.waitUntil(async () => (await state()) === (await state()), 60_000);
    });

    it('that this process has changed something', async () => {
      const before = await state();
      await database.users.insert(person('Ada'));
      expect(await state()).not.toBe(before);
    });

    it('that another process has', async () => {
      const other = await openDatabase(empty.config, quiet);
      try {
        const before = await state();
        await other.users.insert(person('Bob'));
        expect(await state()).not.toBe(before);
      } finally {
        await other.close();
      }
    });
  });
});
