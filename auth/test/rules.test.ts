import { describe, expect, it, beforeEach, vi } from 'vitest';
import type { Rule } from '../src/access/rules.ts';
import { openDatabase, type Database } from '../src/database/open.ts';
import { Conflict, Refused } from '../src/identity/errors.ts';
import { StoredRules } from '../src/permissions/storedRules.ts';
import { databases } from './support/freshDatabase.ts';

const quiet = { warn: () => undefined };

describe.for(databases)('rules on $name', ({ missing, fresh }) => {
  describe.skipIf(missing)('in the database', () => {
    let database: Database;
    let rules: StoredRules;
    beforeEach(async () => {
      const here = await fresh();
      database = await openDatabase(here.config, quiet);
      rules = new StoredRules(database.rules, () => Promise.resolve(['staff']));
      return async () => {
        await database.close();
        await here.remove();
      };
    });

    const NONE = { rule: undefined };
    const STAFF = '[{"who":{"roles":"staff"}}]';
    const names = async () => (await rules.rules()).map(({ name }) => name);

    it('are set, changed and removed', async () => {
      await rules.set('maps', '"everyone"', NONE);
      await rules.set('Fotos K\u00f6ln/1.tif', STAFF, NONE);
      expect(await names()).toEqual(['panel: Fotos K\u00f6ln/1.tif', 'panel: maps']);
      await rules.set('maps', '"nobody"', { rule: '"everyone"' });
      expect(await rules.of('maps')).toBe('"nobody"');
      await rules.set('maps', undefined, { rule: '"nobody"' });
      expect(await names()).toEqual(['panel: Fotos K\u00f6ln/1.tif']);
    });

    it('have a revision of their own, which nothing else changes', async () => {
      const before = [await rules.state(), await rules.revision()];
      expect([await rules.state(), await rules.revision()]).toEqual(before);
      await database.endedVisits.add('a visit', new Date());
      expect(await rules.state()).not.toBe(before[0]);
      expect(await rules.revision()).toBe(before[1]);
      await rules.set('maps', '"everyone"', NONE);
      expect(await rules.revision()).not.toBe(before[1]);
    });

    it.each([
      ['maps', '"evryone"', /"maps" has to be everyone, users, nobody/],
      ['/maps', '"everyone"', /is not the path of a folder/],
      ['maps', '[{"who":{"roles":"staf"}}]', /panel: maps: there is no role "staf"/],
      ['maps', '[{"who":{"networks":"room"}}]', /neither an IP address or network nor named/],
      ['maps', '[{"who":"users","from":"2027-01-01","until":"2026-01-01"}]', /"until" has to be later than "from"/],
      ['maps', undefined, /There is no rule for maps/],
    ])('are refused where they are none: %s %s', async (place, rule, words) => {
      await expect(rules.set(place, rule, NONE)).rejects.toThrow(words);
      await expect(rules.set(place, rule, NONE)).rejects.toBeInstanceOf(Refused);
      expect(await names()).toEqual([]);
    });

    it('one that somebody else has changed in the meantime is not written over, and what it is now is said', async () => {
      await rules.set('maps', '"everyone"', NONE);
      await expect(rules.set('maps', '"users"', NONE)).rejects.toThrow('it is "everyone" now');
      await expect(rules.set('maps', '"users"', { rule: '"nobody"' })).rejects.toBeInstanceOf(Conflict);
      expect(await rules.of('maps')).toBe('"everyone"');
    });

    it('of many changes at the same time each is there or was refused', async () => {
      const places = Array.from({ length: 20 }, (_, n) => `folder${n}`);
      const done = await Promise.allSettled(places.map((place) => rules.set(place, '"nobody"', NONE)));
      const made = places.filter((_, n) => done[n]?.status === 'fulfilled');
      expect(made.length).toBeGreaterThan(0);
      expect(await names()).toEqual(made.map((place) => `panel: ${place}`).sort());
    });

    it('a whole document takes the place of all, or nothing is changed', async () => {
      await rules.set('old', '"everyone"', NONE);
      const document = {
        folders: { maps: '[{"who":{"networks":"room"}}]' },
        networks: { room: '"10.1.0.0/16"' },
        texts: {},
      };
      const changes = [
        { place: 'maps', before: undefined, after: document.folders.maps },
        { place: 'networks: room', before: undefined, after: '"10.1.0.0/16"' },
        { place: 'old', before: '"everyone"', after: undefined },
      ];
      expect(await rules.diff(document)).toEqual(changes);
      expect(await names()).toEqual(['panel: old']);
      expect(await rules.import(document)).toEqual(changes);
      expect(await rules.document()).toEqual(document);
      await expect(
        rules.import({ folders: { a: '"users"', b: '"x"' }, networks: {}, texts: {} }),
      ).rejects.toBeInstanceOf(Refused);
      expect(await rules.document()).toEqual(document);
    });

    it('a hundred thousand are kept', async () => {
      const folders = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`f${n}`, '"nobody"']));
      await rules.import({ folders, networks: {}, texts: {} });
      expect(await names()).toHaveLength(100_000);
    });

    it('of many rules the one that is changed is written, and read by another service; the others are as they were', async () => {
      const folders = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, '"nobody"']));
      await rules.import({ folders, networks: { room: '"10.1.0.0/16"' }, texts: {} });
      const others = new StoredRules(database.rules, () => Promise.resolve([]));
      const before = await others.rules();
      const write = vi.spyOn(database.rules, 'write');
      await rules.set('f7', '"users"', { rule: '"nobody"' });
      await rules.set('f8', undefined, { rule: '"nobody"' });
      await rules.set('f', '"users"', NONE);
      expect(write.mock.calls.map(([changes]) => changes.length)).toEqual([1, 1, 1]);
      const after = await others.rules();
      const isNew = (rule: Rule) => !before.includes(rule);
      expect(after.filter(isNew).map(({ name }) => name)).toEqual(['panel: f', 'panel: f7']);
      expect(after).toHaveLength(5000);
      expect((await others.document()).networks).toEqual({ room: '"10.1.0.0/16"' });
      expect(await rules.document()).toEqual(await others.document());
    });
  });
});
