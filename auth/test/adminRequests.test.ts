// Requests for access are answered in the panel: by a date with a link, or by a word.
import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const REQUESTS = '/auth/admin/api/resources/requests';
const END = '2126-07-01';

describe('a request for access in the panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;
  let id: string;

  const answer = async (fields: Record<string, string>) => {
    const post = request(panel.app)
      .post(`${REQUESTS}/records/${id}/edit`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void post.field(name, value);
    return (await post).body as { notice: { type: string; message: string; options?: { link: string } } };
  };

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
    const asked = {
      place: 'maps',
      name: 'A student',
      email: 'a@museum.test',
      reason: 'A thesis',
      language: 'en',
    } as const;
    await panel.requests.ask(asked, () => Promise.resolve());
    id = (await panel.requests.list())[0]?.id ?? '';
    panel.audit.events.length = 0;
  });

  test('is listed', async () => {
    const { body } = await request(panel.app).get(`${REQUESTS}/actions/list`).set('Cookie', root.cookie);
    expect(JSON.stringify(body)).toContain('A thesis');
  });

  test('is counted on the overview until it is answered', async () => {
    const told = async () => {
      const { body } = await request(panel.app).get('/auth/admin/api/dashboard').set('Cookie', root.cookie);
      return (body as { warnings: object[] }).warnings;
    };
    expect(await told()).toEqual([{ kind: 'requests', open: 1 }]);
    await answer({ until: '', word: 'Not open' });
    expect(await told()).toEqual([]);
  });

  test('is granted by a date, with a link for one person', async () => {
    const { notice } = await answer({ until: END, word: '' });
    expect(notice).toMatchObject({ type: 'success', message: 'grantedByHand' });
    expect(notice.options?.link).toMatch(/\/auth\/share#[\w-]{43}$/);
    expect(await panel.shares.list()).toMatchObject([{ folder: 'maps', people: 1 }]);
    expect(panel.audit.events).toMatchObject([{ action: 'request.grant', target: 'a@museum.test: maps' }]);
  });

  test('is refused by a word alone', async () => {
    expect((await answer({ until: '', word: 'Not open' })).notice).toMatchObject({ message: 'refusedByHand' });
    expect(panel.audit.events).toMatchObject([{ action: 'request.refuse' }]);
    expect(await panel.requests.list()).toMatchObject([{ state: 'refused' }]);
  });

  test('is not answered with nothing, with what is no date, or twice', async () => {
    expect((await answer({ until: '', word: ' ' })).notice).toMatchObject({ type: 'error' });
    expect((await answer({ until: 'soon', word: '' })).notice).toMatchObject({ type: 'error' });
    expect(panel.audit.events).toEqual([]);
    await answer({ until: END });
    expect((await answer({ until: '', word: 'no' })).notice).toMatchObject({ type: 'error' });
    expect(await panel.requests.list()).toMatchObject([{ state: 'granted' }]);
  });
});
