import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../src/database/open.ts';
import { Shares } from '../src/shares/shares.ts';
import { databases } from './support/freshDatabase.ts';

const END = new Date(Date.UTC(2027, 6, 1));
const STRANGER = () => false;
const GIVEN = { name: 'Séminaire', folder: 'Fotos K\u00f6ln', pixels: Infinity, people: 3, expiresAt: END };

describe.for(databases)('share links on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('in the database', () => {
    let first: Database;
    let second: Database;
    let now: number;
    beforeEach(async () => {
      now = Date.UTC(2027, 0, 1);
      const here = await fresh();
      first = await openDatabase(here.config, { warn: () => undefined });
      second = await openDatabase(here.config, { warn: () => undefined });
      return async () => {
        await first.close();
        await second.close();
        await here.remove();
      };
    });
    const on = (database: Database): Shares =>
      new Shares(
        database.shares,
        () => new Date(now),
        (path) => Promise.resolve(path),
      );

    it('are kept as they were made, and listed with the newest first', async () => {
      const { share: older } = await on(first).add(GIVEN);
      now += 1;
      const { share: newer } = await on(first).add({ ...GIVEN, pixels: 600 });
      expect(await on(second).list()).toEqual([newer, older]);
      expect(await on(second).find(older.id)).toEqual(older);
      await on(second).revoke(older.id);
      expect(await on(first).list()).toEqual([newer]);
      await expect(on(first).revoke(older.id)).rejects.toMatchObject({ name: 'Refused' });
    });

    it('of many who open one at the same moment, by two processes, as many come in as it is for', async () => {
      const { share, secret } = await on(first).add(GIVEN);
      const services = [on(first), on(second)];
      const opened = await Promise.all(
        Array.from({ length: 20 }, (_, n) => services[n % 2]?.use(secret, STRANGER) ?? Promise.reject(new Error())),
      );
      expect(opened.filter(({ kind }) => kind === 'open')).toHaveLength(3);
      expect(opened.filter(({ kind }) => kind === 'full')).toHaveLength(17);
      expect(await on(first).find(share.id)).toMatchObject({ used: 3, lastUsedAt: new Date(now) });
    });

    it('nobody is counted once one is over', async () => {
      const { share } = await on(first).add(GIVEN);
      expect(await first.shares.count(share.id, new Date(END.getTime() - 1))).toBe(true);
      expect(await first.shares.count(share.id, END)).toBe(false);
      expect((await on(first).find(share.id)).used).toBe(1);
    });

    it('who comes again is noted, once a minute, and not counted', async () => {
      const { share, secret } = await on(first).add({ ...GIVEN, people: 1 });
      await on(first).use(secret, STRANGER);
      const opened = now;
      now += 59_999;
      expect(await on(second).use(secret, () => true)).toMatchObject({ kind: 'open' });
      expect(await on(first).find(share.id)).toMatchObject({ used: 1, lastUsedAt: new Date(opened) });
      now += 1;
      expect(await on(second).use(secret, () => true)).toMatchObject({ kind: 'open' });
      expect(await on(first).find(share.id)).toMatchObject({ used: 1, lastUsedAt: new Date(now) });
    });
  });
});
