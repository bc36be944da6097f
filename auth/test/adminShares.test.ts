import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const API = '/auth/admin/api/resources/shares';
const GIVEN = { name: 'Seminar', folder: 'estate/letters', sees: '600', people: '30', until: '2099-07-01T00:00Z' };
const STRANGER = () => false;

type Answer = {
  readonly record: { readonly errors: Record<string, { message: string }> };
  readonly records: readonly { readonly params: Record<string, string>; readonly recordActions: { name: string }[] }[];
  readonly notice?: { readonly type: string; readonly options?: { readonly link: string; readonly stays: boolean } };
};

describe('the share links in the panel', () => {
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
  const secretOf = ({ notice }: Answer) => notice?.options?.link.split('/auth/share#')[1] ?? '';
  const trail = () => panel.audit.events.map(({ action, actor, target }) => `${actor} ${action} ${target}`);

  test('one is made, told this once, and listed with how many opened it', async () => {
    const { answer, body } = await post('/actions/new', GIVEN);
    expect([body.notice?.type, body.notice?.options?.stays]).toEqual(['success', true]);
    expect(answer.headers['cache-control']).toContain('no-store');
    const secret = secretOf(body);
    expect(await panel.shares.use(secret, STRANGER)).toMatchObject({
      kind: 'open',
      share: { pixels: 600, people: 30 },
    });
    const listed = await list();
    const { records } = listed.body as Answer;
    expect(records.map(({ params }) => params)).toEqual([
      expect.objectContaining({ name: 'Seminar', shows: 'estate/letters, 600', opened: '1 / 30' }),
    ]);
    expect(records[0]?.recordActions.map(({ name }) => name)).toEqual(['delete']);
    expect(listed.text).not.toContain(secret);
    expect(trail()).toEqual([
      expect.stringMatching(
        /^root@museum.test share.add the share link "Seminar" sees a picture of 600 pixels of estate\/letters, until 2099.*, for 30 people$/,
      ),
    ]);
  });

  test('one that is revoked opens nothing, and is recorded', async () => {
    const secret = secretOf((await post('/actions/new', GIVEN)).body);
    const { id = '' } = (await panel.shares.list())[0] ?? {};
    expect((await post(`/records/${id}/delete`)).body.notice?.type).toBe('success');
    expect(await panel.shares.use(secret, STRANGER)).toEqual({ kind: 'over' });
    expect(trail().at(-1)).toBe(`root@museum.test share.revoke Seminar (${id})`);
  });

  test.each([
    ['name', { name: ' ' }],
    ['folder', { folder: '/maps' }],
    ['sees', { sees: 'much' }],
    ['people', { people: 'many' }],
    ['people', { people: '0' }],
    ['people', { people: '' }],
    ['until', { until: 'soon' }],
    ['until', { until: '2001-01-01' }],
  ])('what is wrong is told at its field, %s: %j', async (field, wrong) => {
    const { body } = await post('/actions/new', { ...GIVEN, ...wrong });
    expect(Object.keys(body.record.errors)).toContain(field);
    expect(body.notice).toMatchObject({ type: 'error' });
    expect(await panel.shares.list()).toEqual([]);
  });

  test('nobody else makes, sees or changes one', async () => {
    await post('/actions/new', GIVEN);
    const reader = await panel.logIn('reader@museum.test', []);
    expect((await list(reader.cookie)).status).toBe(403);
    const { id = '' } = (await panel.shares.list())[0] ?? {};
    await post(`/records/${id}/edit`, { folder: '.' });
    expect((await panel.shares.list())[0]?.folder).toBe('estate/letters');
  });
});
