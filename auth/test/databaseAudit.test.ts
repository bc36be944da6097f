import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { databases, type Fresh } from './support/freshDatabase.ts';

describe.for(databases)('on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('the audit trail', () => {
    let empty: Fresh;
    let database: Database;

    beforeAll(async () => {
      empty = await fresh();
      database = await openDatabase(empty.config, { warn: () => undefined });
    });
    afterAll(async () => {
      await database.close();
      await empty.remove();
    });

    it('keeps with the entry of a change what a rule was and became, whole', async () => {
      const event = { at: new Date(), action: 'rule.change', actor: 'one', target: '+ maps', address: '' } as const;
      const change = { place: 'maps', before: undefined, after: JSON.stringify('é'.repeat(1000)) };
      await database.audit.record({ ...event, change });
      const [{ id } = { id: 0 }] = await database.audit.list(1, 0);
      expect(await database.audit.find(id)).toEqual({ ...event, id, change });
      expect(await database.audit.find(id + 1)).toBeUndefined();
    });
  });
});
