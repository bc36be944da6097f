import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusals } from '../src/admin/texts/germanRefusals.ts';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

type Answer = { readonly record: { readonly errors: Record<string, { message: string }> } };

describe('what the panel refuses has German words', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;
  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin']);
  });

  test.each([
    ['users/actions/new', 'password', { email: 'a@museum.test', password: 'short' }],
    ['roles/actions/new', 'name', { name: '<b>' }],
    ['roles/records/admin/edit', 'name', { name: 'another' }],
  ])('%s: %s', async (address, field, fields) => {
    const asked = request(panel.app)
      .post(`/auth/admin/api/resources/${address}`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    const { errors } = ((await asked).body as Answer).record;
    expect(Object.keys(refusals)).toContain(errors[field]?.message);
  });
});
