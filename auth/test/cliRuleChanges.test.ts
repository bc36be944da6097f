import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RuleFolder } from './support/ruleFolder.ts';

let folder: RuleFolder;
let images: string;
beforeEach(async () => {
  folder = await RuleFolder.make();
  ({ images } = folder);
  return () => {
    folder.remove();
  };
});

const cli = (...line: string[]) => folder.cli(...line);
const first = (text: string) => text.split('\n')[0];

describe('vitrine rules set, remove, export, import, diff', () => {
  it('sets a rule, which holds where access.yml says nothing, and takes it away', async () => {
    expect(await cli('rules', 'set', 'estate', 'nobody')).toEqual({ code: 0, out: '', err: '+ estate: nobody\n' });
    expect(first((await cli('rules', 'show', 'estate/plan.tif')).out)).toBe('estate/plan.tif: panel: estate');
    const grants = '[ { who: everyone, sees: 300 }, { who: users } ]';
    expect((await cli('rules', 'set', 'estate', grants)).err).toBe(`estate: nobody → ${grants}\n`);
    expect((await cli('rules', 'remove', 'estate')).err).toBe(`- estate: ${grants}\n`);
    expect(first((await cli('rules', 'show', 'estate')).out)).toBe('estate: active users see everything');
  });

  it('what access.yml says of the same place comes first, and the list shows both', async () => {
    await cli('rules', 'set', 'maps', 'nobody');
    expect((await cli('rules', 'show', 'maps')).out).toBe(
      'maps: access.yml: maps\n  everyone sees all\noverrules: panel: maps\noverrules: active users see everything\n',
    );
  });

  it('each change is in the audit trail, with what it was before; a refused one too', async () => {
    await cli('rules', 'set', 'estate', 'nobody');
    await cli('rules', 'set', 'estate', 'users');
    expect(await cli('rules', 'set', 'estate', '[{ who: { roles: staf } }]')).toMatchObject({
      code: 1,
      err: 'vitrine: panel: estate: there is no role "staf".\n',
    });
    await cli('rules', 'remove', 'estate');
    const database = await folder.openDatabase();
    const events = (await database.audit.list(10, 0)).reverse().map(({ action, target }) => `${action} ${target}`);
    await database.close();
    expect(events).toEqual([
      'rule.change + estate: nobody',
      'rule.change estate: nobody → users',
      'rule.change estate: users → [ { who: { roles: staf } } ]',
      'refused estate: users → [ { who: { roles: staf } } ]',
      'rule.remove - estate: users',
    ]);
  });

  it('what is exported can be imported, and then nothing is changed', async () => {
    const next = join(images, 'next.yml');
    const text = `networks:
  reading room:
    - 10.1.0.0/16
    - 2001:db8::/32
folders:
  estate: nobody
  maps/sea.tif:
    - who:
        networks: reading room
      until: 2027-07-01
`;
    folder.write('next.yml', text);
    const added = [
      '+ estate: nobody',
      '+ maps/sea.tif: [ { who: { networks: reading room }, until: 2027-07-01 } ]',
      '+ networks: reading room: [ 10.1.0.0/16, 2001:db8::/32 ]',
    ];
    expect((await cli('rules', 'diff', next)).out.trim().split('\n')).toEqual(added);
    expect((await cli('rules', 'export')).out).toBe('folders: {}\n');
    expect((await cli('rules', 'import', next)).out.trim().split('\n')).toEqual(added);
    expect((await cli('rules', 'export')).out).toBe(text);
    expect(await cli('rules', 'import', next)).toEqual({ code: 0, out: '', err: 'Nothing is changed by it.\n' });
    folder.write('next.yml', 'folders:\n  a: users\n  b: x\n');
    expect((await cli('rules', 'import', next)).err).toContain(`${next}, line 3, column 3: "b" has to be`);
    expect((await cli('rules', 'export')).out).toBe(text);
  });

  it.each([
    [['set', 'maps', '[{'], 2, 'The rule cannot be read'],
    [['set', '/maps', 'users'], 1, 'is not the path of a folder'],
    [['remove', 'maps'], 1, 'There is no rule for maps.'],
  ])('refuses %j', async (line, code, said) => {
    const answer = await cli('rules', ...line);
    expect([answer.code, answer.err]).toEqual([code, expect.stringContaining(said) as string]);
  });
});
