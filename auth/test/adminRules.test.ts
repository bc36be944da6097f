import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const API = '/auth/admin/api/resources/rules';

type Row = { readonly params: Record<string, string>; readonly errors: Record<string, { message: string }> };
type Answer = {
  readonly record: Row;
  readonly records: readonly (Row & { readonly recordActions: readonly { readonly name: string }[] })[];
  readonly notice?: { readonly type: string };
};

describe('the rules in the panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
  });

  const get = async (address: string) => {
    const answer = await request(panel.app).get(`${API}${address}`).set('Cookie', root.cookie);
    return answer.body as Answer;
  };
  const post = async (address: string, fields: Record<string, string> = {}) => {
    const asked = request(panel.app)
      .post(`${API}${address}`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    const answer = await asked;
    return { status: answer.status, ...(answer.body as Answer) };
  };
  const add = (place: string, rule: string) => post('/actions/new', { place, rule });
  const listed = async () => (await get('/actions/list')).records.map(({ params }) => params);
  const trail = () => panel.audit.events.map(({ action, actor, target }) => `${actor} ${action} ${target}`);

  test('those of the file are shown, and cannot be changed here', async () => {
    const [row] = (await get('/actions/list')).records;
    expect(row?.params).toMatchObject({ place: 'maps', who: 'everyone sees all', source: 'access.yml' });
    expect(row?.recordActions.map(({ name }) => name)).toEqual([]);
    for (const action of ['edit', 'delete']) {
      const { notice } = await post(`/records/access.yml%3A%20maps/${action}`, { rule: 'nobody' });
      expect(notice?.type, action).toBe('error');
    }
    expect(trail()).toEqual([]);
  });

  test('one is added in words of access.yml, shown in plain words, and recorded', async () => {
    const answer = await add('estate/letters', '- { who: everyone, sees: 600 }\n- who: { roles: admin }\n');
    expect(answer.notice?.type).toBe('success');
    expect(await panel.rules.of('estate/letters')).toBe('[{"who":"everyone","sees":600},{"who":{"roles":"admin"}}]');
    expect((await listed()).find(({ place }) => place === 'estate/letters')).toMatchObject({
      who: 'everyone sees a picture of 600 pixels; everyone who has the role admin sees all',
      source: 'panel',
      rule: '- who: everyone\n  sees: 600\n- who:\n    roles: admin',
    });
    expect(trail()).toEqual([
      'root@museum.test rule.change + estate/letters: [ { who: everyone, sees: 600 }, { who: { roles: admin } } ]',
    ]);
  });

  test.each([
    ['estate', 'evryone', 'rule', /"estate" has to be everyone, users, nobody/],
    ['estate', '- { who: {', 'rule', /^The rule cannot be read/],
    ['estate', '- { who: { roles: king } }', 'rule', /there is no role "king"/],
    ['/estate', 'nobody', 'rule', /is not the path of a folder/],
    ['estate', '', 'rule', /has to be everyone, users, nobody/],
  ])('%s, %s is refused at its field', async (place, rule, field, words) => {
    const { record } = await add(place, rule);
    expect(record.errors[field]?.message).toMatch(words);
    expect(await panel.rules.of(place)).toBeUndefined();
  });

  test('one is changed, and keeps its place', async () => {
    await add('estate', 'nobody');
    const opened = await get('/records/panel%3A%20estate/edit');
    const { seen = '' } = opened.record.params;
    const moved = await post('/records/panel%3A%20estate/edit', { place: 'maps', rule: 'users', seen });
    expect(moved.record.errors['place']?.message).toMatch(/keeps its place/);
    const saved = await post('/records/panel%3A%20estate/edit', { place: 'estate', rule: 'users', seen });
    expect(saved.notice?.type).toBe('success');
    expect(await panel.rules.of('estate')).toBe('"users"');
    expect(trail().at(-1)).toBe('root@museum.test rule.change estate: nobody → users');
  });

  test('two who edit one: the second is told what it is now, and nothing is written over', async () => {
    await add('estate', 'nobody');
    const { seen = '' } = (await get('/records/panel%3A%20estate/edit')).record.params;
    await post('/records/panel%3A%20estate/edit', { rule: 'users', seen });
    const second = await post('/records/panel%3A%20estate/edit', { rule: 'everyone', seen });
    expect(second.record.errors['rule']?.message).toMatch(
      /has changed the rule of estate in the meantime: it is "users" now/,
    );
    expect(await panel.rules.of('estate')).toBe('"users"');
  });

  test('one is removed', async () => {
    await add('estate', 'nobody');
    await post('/records/panel%3A%20estate/delete');
    expect((await listed()).map(({ place }) => place)).toEqual(['maps']);
    expect(trail().at(-1)).toBe('root@museum.test rule.remove - estate: nobody');
  });
});
