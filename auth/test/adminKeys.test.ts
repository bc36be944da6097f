import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const API = '/auth/admin/api/resources/keys';
const GIVEN = { name: 'harvester', folders: 'maps\r\nestate/letters\r\n', sees: '600', until: '2099-07-01T00:00Z' };

type Answer = {
  readonly record: { readonly errors: Record<string, { message: string }> };
  readonly records: readonly { readonly params: Record<string, string>; readonly recordActions: { name: string }[] }[];
  readonly notice?: { readonly type: string; readonly options?: { readonly secret: string; readonly stays: boolean } };
};

describe('the keys in the panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
  });

  const list = async (cookie = root.cookie) => request(panel.app).get(`${API}/actions/list`).set('Cookie', cookie);
  const post = async (address: string, fields: Record<string, string> = {}) => {
    const asked = request(panel.app)
      .post(`${API}${address}`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    const answer = await asked;
    return { answer, body: answer.body as Answer };
  };
  const opens = (secret = '') => panel.keys.ofAuthorization(`Bearer ${secret}`);
  const trail = () => panel.audit.events.map(({ action, actor, target }) => `${actor} ${action} ${target}`);

  test('one is made, and its secret is told this once', async () => {
    const { answer, body } = await post('/actions/new', GIVEN);
    const { type, options } = body.notice ?? {};
    expect([type, options?.stays]).toEqual(['success', true]);
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(await opens(options?.secret)).toMatchObject({ folders: [['maps'], ['estate', 'letters']], pixels: 600 });
    const listed = await list();
    const { records } = listed.body as Answer;
    expect(records.map(({ params }) => params)).toEqual([
      expect.objectContaining({ name: 'harvester', folders: 'maps, estate/letters', sees: '600' }),
    ]);
    expect(records[0]?.recordActions.map(({ name }) => name)).toEqual(['delete']);
    expect(listed.text).not.toContain(options?.secret.slice('vitrine_'.length));
    expect(trail()).toEqual([
      expect.stringMatching(/^root@museum.test key.add the key "harvester" sees a picture of 600 pixels of maps, est/),
    ]);
  });

  test('one that is revoked opens nothing, and is recorded', async () => {
    const { secret } = (await post('/actions/new', GIVEN)).body.notice?.options ?? {};
    const { id = '' } = (await panel.keys.list())[0] ?? {};
    expect((await post(`/records/${id}/delete`)).body.notice?.type).toBe('success');
    expect(await opens(secret)).toBeUndefined();
    expect(trail().at(-1)).toBe('root@museum.test key.revoke harvester');
  });

  test.each([
    ['name', { name: '../' }],
    ['folders', { folders: '/maps' }],
    ['folders', { folders: '\n' }],
    ['sees', { sees: 'much' }],
    ['sees', { sees: '1' }],
    ['until', { until: 'soon' }],
    ['until', { until: '2001-01-01' }],
  ])('what is wrong is told at its field, %s: %j', async (field, wrong) => {
    const { body } = await post('/actions/new', { ...GIVEN, ...wrong });
    expect(Object.keys(body.record.errors)).toContain(field);
    expect(body.notice).toMatchObject({ type: 'error' });
    expect(await panel.keys.list()).toEqual([]);
  });

  test('nobody else makes, sees or changes one', async () => {
    await post('/actions/new', GIVEN);
    const reader = await panel.logIn('reader@museum.test', []);
    expect((await list(reader.cookie)).status).toBe(403);
    const { id = '' } = (await panel.keys.list())[0] ?? {};
    await post(`/records/${id}/edit`, { folders: '.' });
    expect((await panel.keys.list())[0]?.folders).toEqual(['maps', 'estate/letters']);
  });
});
