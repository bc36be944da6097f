// The panel makes a link by which a user sets a password.
import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import type { User } from '../src/identity/user.ts';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const USERS = '/auth/admin/api/resources/users';

type Answer = { readonly link?: string; readonly notice?: unknown };

describe('a user who is added in the panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;
  let added: User | undefined;

  const get = (address: string) => request(panel.app).get(`${USERS}${address}`).set('Cookie', root.cookie);
  const post = (address: string) =>
    request(panel.app).post(`${USERS}${address}`).set('Cookie', root.cookie).set('Sec-Fetch-Site', 'same-origin');

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
    await post('/actions/new').field('email', 'new@museum.test').field('active', 'true').field('password', '');
    added = await panel.users.findByEmail('new@museum.test');
    panel.audit.events.length = 0;
  });

  test('may have no password yet, and is given a link', async () => {
    const { body } = await post(`/records/${added?.id}/invite`);
    expect((body as Answer).link).toBe('the link of new@museum.test');
    expect(panel.audit.events).toMatchObject([
      { actor: 'root@museum.test', action: 'user.invite', target: 'new@museum.test' },
    ]);
  });

  test('is told whether the link went out by mail', async () => {
    panel.mails.answer = { kind: 'sent' };
    const sent = (await post(`/records/${added?.id}/invite`)).body as Answer;
    expect(sent.notice).toMatchObject({ type: 'success', message: 'mailed', options: { email: 'new@museum.test' } });
    const reason = 'the mail server m:25: 550 no';
    panel.mails.answer = { kind: 'failed', reason, temporary: false };
    const failed = (await post(`/records/${added?.id}/invite`)).body as Answer;
    expect(failed.link).toBe('the link of new@museum.test');
    expect(failed.notice).toMatchObject({ type: 'error', message: 'notMailed', options: { reason } });
  });

  test('is given none by the loading of an address', async () => {
    const { status, body } = await get(`/records/${added?.id}/invite`);
    expect([status, (body as Answer).link]).toEqual([200, undefined]);
    expect(panel.audit.events).toEqual([]);
  });

  test('is given none while disabled, with the reason, nor is anybody who is not there', async () => {
    await panel.users.change(added?.id ?? '', { active: false });
    const { body } = await post(`/records/${added?.id}/invite`);
    expect(body).toMatchObject({ notice: { type: 'error', message: 'enable first' } });
    expect((body as Answer).link).toBeUndefined();
    expect(((await post('/records/nobody/invite')).body as Answer).link).toBeUndefined();
  });
});
