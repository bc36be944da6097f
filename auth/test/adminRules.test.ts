import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const API = '/auth/admin/api/resources/rules';

type Shown = { readonly source: string; readonly place: string; readonly rule: unknown };
type Answer = {
  readonly records: readonly { readonly params: Record<string, unknown>; readonly recordActions: readonly object[] }[];
  readonly refused?: { readonly field: string; readonly message: string };
  readonly at?: {
    readonly kind: string;
    readonly leadsTo?: string;
    readonly seen: string;
    readonly text: string;
  } & Record<'holds' | 'otherwise', Shown>;
  readonly folder?: Record<'folders' | 'images' | 'own' | 'within' | 'missing', string[]> & { readonly here: boolean };
  readonly roles?: readonly string[];
  readonly weighed?: { readonly reach: object; readonly effects: readonly object[] };
  readonly images?: readonly { readonly path: readonly string[]; readonly sees: unknown; readonly shown: unknown }[];
  readonly former?: Record<'before' | 'after' | 'actor', string>;
  readonly value?: unknown;
  readonly text?: string;
};

describe('the rules in the panel', () => {
  let images: string;
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;

  beforeEach(async () => {
    images = mkdtempSync(join(tmpdir(), 'vitrine-editor-'));
    for (const path of ['maps/atlas', 'estate/letters']) mkdirSync(join(images, path), { recursive: true });
    for (const path of ['maps/sea.tif', 'estate/1.tif', 'estate/letters/1.tif']) writeFileSync(join(images, path), '');
    symlinkSync('maps', join(images, 'charts'));
    panel = panelUnderTest(undefined, undefined, images);
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
  });
  afterEach(() => {
    rmSync(images, { recursive: true });
  });

  const ask = async (action: string, fields: Record<string, string>): Promise<Answer> => {
    const asked = request(panel.app)
      .post(`${API}/actions/${action}`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    const { status, body } = await asked;
    expect(status).toBe(200);
    return body as Answer;
  };
  const keep = (place: string, rule: string, seen = '') => ask('keep', { place, rule, seen });
  const get = async (action: string): Promise<Answer> => {
    const answer = await request(panel.app).get(`${API}/actions/${action}`).set('Cookie', root.cookie);
    return answer.body as Answer;
  };
  const audited = async (): Promise<Answer> => {
    const address = '/auth/admin/api/resources/audit/actions/list';
    const answer = await request(panel.app).get(address).set('Cookie', root.cookie);
    return answer.body as Answer;
  };
  const trail = () => panel.audit.events.map(({ action, actor, target }) => `${actor} ${action} ${target}`);

  test('the list has them in words, those of the file too, and changes none', async () => {
    await keep('estate', '- { who: everyone, sees: 600 }\n- who: { roles: admin }\n');
    const { records } = await get('list');
    expect(records.map(({ params }) => [params['place'], params['who'], params['source']])).toEqual([
      ['estate', 'everyone sees a picture of 600 pixels; everyone who has the role admin sees all', 'panel'],
      ['maps', 'everyone sees all', 'access.yml'],
    ]);
    expect(records.flatMap(({ recordActions }) => recordActions)).toEqual([]);
  });

  test('a folder has its folders and images, and which of them have rules', async () => {
    await keep('estate/letters/1.tif', 'nobody');
    await keep('prints', 'nobody');
    expect((await ask('folder', { place: '.' })).folder).toEqual({
      folders: ['charts', 'estate', 'maps'],
      images: [],
      more: 0,
      here: false,
      own: ['maps'],
      within: ['estate'],
      missing: ['prints'],
    });
    expect((await ask('folder', { place: 'estate' })).folder).toMatchObject({
      images: ['1.tif'],
      own: [],
      within: ['letters'],
    });
    expect((await ask('folder', { place: 'maps' })).folder).toMatchObject({ here: true, own: [], within: [] });
    expect((await ask('folder', { place: 'estate/letters' })).folder).toMatchObject({ own: ['1.tif'] });
    expect((await ask('folder', { place: 'prints' })).folder).toBeUndefined();
  });

  test('of a place it says which rule holds, where it comes from, and what holds without it', async () => {
    await keep('estate', 'nobody');
    const look = async (place: string) => (await ask('look', { place })).at;
    expect(await look('.')).toMatchObject({ kind: 'folder', holds: { source: 'default', rule: [{ who: 'users' }] } });
    expect(await look('maps/sea.tif')).toMatchObject({
      kind: 'image',
      holds: { source: 'file', place: 'maps', rule: [{ who: 'everyone' }] },
    });
    expect(await look('estate/letters')).toMatchObject({ holds: { source: 'panel', place: 'estate', rule: 'nobody' } });
    expect(await look('estate')).toMatchObject({ seen: '"nobody"', text: 'nobody', otherwise: { source: 'default' } });
    expect(await look('prints')).toMatchObject({ kind: 'missing' });
    expect(await look('charts/sea.tif')).toMatchObject({ kind: 'image', leadsTo: 'maps/sea.tif' });
    expect((await ask('look', { place: 'maps' })).roles).toEqual(['admin']);
  });

  test('what is refused says why: a rule that is none, a path that is none, a rule of a file', async () => {
    const refused = async (place: string, rule: string) => (await keep(place, rule)).refused;
    expect(await refused('estate', 'evryone')).toMatchObject({
      message: expect.stringMatching(/has to be everyone, us/),
    });
    expect(await refused('estate', '- { who: {')).toMatchObject({
      message: expect.stringMatching(/^The rule cannot be/),
    });
    expect(await refused('estate', '- { who: { roles: king } }')).toMatchObject({
      message: expect.stringMatching(/there is no role "king"/),
    });
    expect(await refused('/estate', 'nobody')).toMatchObject({ field: 'place' });
    expect(await refused('maps', 'nobody')).toMatchObject({
      message: 'This rule stands in access.yml: change it there.',
    });
    expect((await panel.rules.document()).folders).toEqual({});
  });

  test('a rule is kept, changed and removed, in force at once, and recorded', async () => {
    expect((await keep('estate', 'nobody')).at).toMatchObject({ holds: { source: 'panel', rule: 'nobody' } });
    expect((await keep('estate', 'users', '"nobody"')).at?.seen).toBe('"users"');
    expect((await keep('estate', '', '"users"')).at).toMatchObject({ seen: '', holds: { source: 'default' } });
    expect(trail()).toEqual([
      'root@museum.test rule.change + estate: nobody',
      'root@museum.test rule.change estate: nobody → users',
      'root@museum.test rule.remove - estate: users',
    ]);
  });

  test('two who edit one: the second is shown what it is now, and nothing is written over', async () => {
    await keep('estate', 'nobody');
    await keep('estate', 'users', '"nobody"');
    const second = await keep('estate', 'everyone', '"nobody"');
    expect(second.refused?.message).toMatch(/has changed the rule of estate in the meantime/);
    expect(second.at?.seen).toBe('"users"');
    expect(await panel.rules.of('estate')).toBe('"users"');
  });

  test('the same rule is told in both forms; what is no rule yet as well', async () => {
    const rule = '- { who: everyone, sees: 600 } # small';
    const { value, text } = await ask('read', { place: 'estate', rule });
    expect(value).toEqual([{ who: 'everyone', sees: 600 }]);
    expect(text).toBe('- who: everyone\n  sees: 600');
    expect((await ask('read', { place: 'estate', rule: 'evryone' })).value).toBe('evryone');
    expect((await ask('read', { place: 'estate', rule: '- {' })).refused).toBeDefined();
  });

  test('a change is told whole by the audit trail, and taken back; not where it was changed again since', async () => {
    await keep('estate', 'nobody');
    await keep('estate', '- { who: everyone, sees: 600 }', '"nobody"');
    const { records } = await audited();
    expect(records.map(({ params }) => [params['id'], params['place']])).toEqual([
      [2, 'estate'],
      [1, 'estate'],
    ]);
    const { former } = await ask('former', { place: 'estate', entry: '2' });
    expect(former).toMatchObject({
      before: '"nobody"',
      after: '[{"who":"everyone","sees":600}]',
      actor: 'root@museum.test',
    });
    for (const entry of ['7', 'x', ''])
      expect((await ask('former', { place: 'estate', entry })).refused?.field, entry).toBe('entry');
    expect((await ask('former', { place: 'maps', entry: '2' })).refused?.field).toBe('entry');
    await keep('estate', former?.before ?? '', former?.after);
    expect(await panel.rules.of('estate')).toBe('"nobody"');
    expect((await keep('estate', former?.before ?? '', former?.after)).refused?.message).toMatch(/in the meantime/);
    expect(trail().at(-1)).toMatch(/refused/);
    expect(panel.audit.events.at(-1)?.change).toBeUndefined();
  });

  test('before a rule is kept it is said how many images it touches, and who gains and loses', async () => {
    await panel.users.addRole({ name: 'staff', description: '' });
    const anna = 'anna@museum.test';
    await panel.logIn(anna, ['staff']);
    const { weighed } = await ask('weigh', {
      place: 'estate',
      rule: '- { who: { roles: staff } }\n- { who: everyone, sees: 600 }',
    });
    expect(weighed).toEqual({
      reach: { images: 2, folders: 2, more: false },
      effects: [
        { probe: { user: false }, alsoUsers: false, before: 0, after: 600 },
        { probe: { user: true }, alsoUsers: false, before: 'full', after: 600 },
      ],
    });
    await keep('estate', '[{ who: { roles: staff } }]');
    const named = await ask('weigh', { place: 'estate', rule: `[{ who: { users: [${anna}, ben@museum.test] } }]` });
    expect(named.weighed?.effects).toEqual([
      { probe: { user: false, role: 'staff' }, alsoUsers: false, before: 'full', after: 0 },
      { probe: { user: false, name: 'ben@museum.test' }, alsoUsers: false, before: 0, after: 'full' },
    ]);
    expect((await ask('weigh', { place: 'estate', rule: '' })).weighed?.effects).toEqual([
      { probe: { user: true }, alsoUsers: false, before: 0, after: 'full' },
    ]);
    expect((await ask('weigh', { place: 'estate', rule: '[{ who: { roles: king } }]' })).refused?.message).toMatch(
      /king/,
    );
    expect((await panel.rules.document()).folders).toEqual({ estate: '[{"who":{"roles":"staff"}}]' });
  });

  test('somebody else is shown what they see, and no more than the curator may see as well', async () => {
    const preview = async (fields: Record<string, string>) => {
      const { images, refused } = await ask('preview', { place: 'estate', ...fields });
      return refused?.field ?? images?.map(({ path, sees, shown }) => [path.join('/'), sees, shown]);
    };
    await panel.users.addRole({ name: 'staff', description: '' });
    await panel.logIn('anna@museum.test', ['staff']);
    await keep('estate', '[{ who: everyone, sees: 600 }, { who: { roles: staff }, until: 2027-07-01 }]');
    await keep('estate/letters', '[{ who: { networks: 10.1.0.0/16 } }]');
    expect(await preview({})).toEqual([
      ['estate/1.tif', 600, 600],
      ['estate/letters/1.tif', 0, 0],
    ]);
    expect(await preview({ user: 'anna@museum.test', when: '2027-06-30' })).toEqual([
      ['estate/1.tif', 'full', 600],
      ['estate/letters/1.tif', 0, 0],
    ]);
    expect(await preview({ user: 'anna@museum.test', when: '2027-07-01', from: '10.1.2.3' })).toEqual([
      ['estate/1.tif', 600, 600],
      ['estate/letters/1.tif', 'full', 0],
    ]);
    expect(await preview({ place: 'maps/sea.tif' })).toEqual([['maps/sea.tif', 'full', 'full']]);
    expect(await preview({ user: 'nobody@museum.test' })).toBe('user');
    expect(await preview({ from: 'here' })).toBe('from');
    expect(await preview({ when: 'soon' })).toBe('when');
  });

  test('an address that is only loaded changes nothing and tells nothing', async () => {
    expect(await get('keep?place=estate&rule=nobody')).toEqual({});
    expect(await get('look?place=estate')).toEqual({});
    expect(trail()).toEqual([]);
  });
});
