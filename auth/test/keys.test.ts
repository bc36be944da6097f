import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../src/database/open.ts';
import { Keys } from '../src/keys/keys.ts';
import { databases } from './support/freshDatabase.ts';

const HOUR = 3_600_000;
const END = new Date(Date.UTC(2027, 6, 1));

describe.for(databases)('keys on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('in the database', () => {
    let database: Database;
    let keys: Keys;
    let now: number;
    beforeEach(async () => {
      now = Date.UTC(2027, 0, 1);
      const here = await fresh();
      database = await openDatabase(here.config, { warn: () => undefined });
      keys = new Keys(
        database.keys,
        () => new Date(now),
        (path) => Promise.resolve(path),
      );
      return async () => {
        await database.close();
        await here.remove();
      };
    });
    const add = (name: string, pixels = Infinity) =>
      keys.add({ name, folders: ['maps', 'Fotos K\u00f6ln'], pixels, expiresAt: END });

    it('are kept as they were made, and listed by name', async () => {
      const [second, first] = [await add('b', 600), await add('a')];
      expect(await keys.list()).toEqual([first.key, second.key]);
      expect(second.key).toMatchObject({
        pixels: 600,
        createdAt: new Date(now),
        lastUsedAt: undefined,
        expiresAt: END,
      });
      expect(await keys.named('b')).toEqual(second.key);
    });

    it('no two have the same name, until one is revoked', async () => {
      const { key } = await add('one');
      await expect(add('one')).rejects.toMatchObject({ name: 'Refused', field: 'name' });
      await keys.revoke(key.id);
      await add('one');
      await expect(keys.revoke(key.id)).rejects.toMatchObject({ name: 'Refused' });
      await expect(keys.named('none')).rejects.toMatchObject({ name: 'Refused' });
    });

    it('of uses within an hour, whichever process they are told by, the first is noted', async () => {
      const { key } = await add('one');
      const use = async (at: number) => {
        await database.keys.noteUse(key.id, new Date(at), new Date(at - HOUR));
        return (await keys.named('one')).lastUsedAt?.getTime();
      };
      expect(await use(now)).toBe(now);
      expect(await use(now + HOUR - 1)).toBe(now);
      expect(await use(now + HOUR)).toBe(now + HOUR);
    });
  });
});
