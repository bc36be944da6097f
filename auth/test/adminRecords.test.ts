import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { PASSWORD, panelUnderTest, type LoggedIn } from './support/panel.ts';

const API = '/auth/admin/api/resources';
const SECRET = 'never to be seen again';

type Answer = {
  readonly record: { readonly params: Record<string, unknown>; readonly errors: Record<string, { message: string }> };
  readonly records: readonly { readonly params: Record<string, unknown> }[];
  readonly meta: { readonly total: number };
  readonly notice?: { readonly type: string; readonly message: string };
};

describe('the records of the admin panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;
  let ada: LoggedIn;

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
    ada = await panel.logIn('ada@museum.test', [], 'Ada');
    await panel.users.addRole({ name: 'staff', description: 'People of the house' });
  });

  const get = async (address: string) => {
    const answer = await request(panel.app).get(`${API}${address}`).set('Cookie', root.cookie);
    return { status: answer.status, text: answer.text, ...(answer.body as Answer) };
  };
  const post = async (address: string, fields: Record<string, string> = {}) => {
    const asked = request(panel.app)
      .post(`${API}${address}`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    const answer = await asked;
    return { status: answer.status, text: answer.text, ...(answer.body as Answer) };
  };
  const edit = (who: LoggedIn, fields: Record<string, string>) => post(`/users/records/${who.user.id}/edit`, fields);
  const trail = () => panel.audit.events.map(({ action, actor, target }) => `${actor} ${action} ${target}`);
  const emails = ({ records }: Answer) => records.map(({ params }) => params['email']);

  describe('users', () => {
    test('are listed, searched, sorted and paged', async () => {
      for (let i = 1; i <= 30; i += 1) {
        await panel.users.add({ email: `u${i}@museum.test`, name: `User ${i}`, password: PASSWORD, roles: ['staff'] });
      }
      const all = await get('/users/actions/list');
      expect(all.meta.total).toBe(32);
      expect(all.records).toHaveLength(25);
      expect(emails(await get('/users/actions/list?perPage=2&page=2&sortBy=email&direction=desc'))).toEqual([
        'u28@museum.test',
        'u27@museum.test',
      ]);
      expect(emails(await get('/users/actions/list?filters.email=ADA'))).toEqual(['ada@museum.test']);
      expect((await get('/users/actions/list?filters.roles=staff&filters.active=true')).meta.total).toBe(30);
      expect((await get('/users/actions/list?filters.createdAt~~from=2000-01-01')).meta.total).toBe(32);
      expect((await get('/users/actions/list?filters.lastLoginAt~~to=2000-01-01')).meta.total).toBe(0);
    });

    test.each([
      'sortBy=passwordHash',
      'sortBy=__proto__&direction=sideways',
      'sortBy=email&sortBy=name',
      'page=-4&perPage=-1',
      'page=1e99&perPage=abc',
      'filters.__proto__.x=1',
      'filters.constructor=Object',
      'filters.passwordHash=$2b',
      "filters.email=' OR 1=1--",
      'filters.email=%25',
      'filters.email.deep.er=1',
    ])('row 76: are listed without harm with ?%s', async (query) => {
      const answer = await get(`/users/actions/list?${query}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('$2b');
    });

    test('are added, with their roles and a password, and recorded', async () => {
      const made = await post('/users/actions/new', {
        email: 'New@Museum.test',
        name: 'New',
        roles: 'staff, admin',
        password: SECRET,
      });
      expect(made.notice?.type).toBe('success');
      const user = await panel.userStore.findByEmail('new@museum.test');
      expect(user).toMatchObject({ name: 'New', active: true, roles: ['admin', 'staff'] });
      expect(trail()).toEqual(['root@museum.test user.add new@museum.test']);
      expect(panel.audit.events[0]?.address).not.toBe('');
    });

    test.each([
      [{ email: 'x@museum.test', password: 'short' }, 'password', 'At least 8 characters.'],
      [{ email: 'no address', password: SECRET }, 'email', 'This is not an e-mail address.'],
      [{ email: 'ADA@museum.test', password: SECRET }, 'email', 'This e-mail address is taken.'],
      [{ email: 'x@museum.test', password: SECRET, roles: 'king' }, 'roles', 'There is no role "king".'],
      [{ email: 'x@museum.test', password: SECRET, roles: '__FORM_VALUE_NULL__' }, 'roles', 'This cannot be read.'],
    ])('that the rules refuse (%j) are not added, and the field says why', async (fields, field, message) => {
      const answer = await post('/users/actions/new', fields);
      expect(answer.status).toBe(200);
      expect(answer.notice).toMatchObject({ type: 'error', message });
      expect(answer.record.errors[field]?.message).toBe(message);
      expect(await panel.users.list()).toHaveLength(2);
    });

    test('that cannot be are recorded in one short line', async () => {
      await post('/users/actions/new', { email: `\0\n${'x'.repeat(1000)}`, password: SECRET });
      const target = `  ${'x'.repeat(318)}`.trim();
      expect(panel.audit.events.map((event) => event.action)).toEqual(['user.add', 'refused']);
      expect(panel.audit.events[0]?.target.trim()).toBe(target);
    });

    test('row 78: get only what the form has', async () => {
      await edit(ada, {
        constructor: 'x',
        name: 'Ada L.',
        id: root.user.id,
        passwordHash: 'x',
        createdAt: '2001-01-01',
        lastLoginAt: '',
      });
      expect(await panel.users.find(ada.user.id)).toEqual({ ...ada.user, name: 'Ada L.' });
      expect(trail()).toEqual(['root@museum.test user.change ada@museum.test']);
    });

    test('keep what an empty form leaves out, and nothing is recorded', async () => {
      expect((await edit(ada, { password: '', email: 'ada@museum.test' })).notice?.type).toBe('success');
      expect(await panel.users.find(ada.user.id)).toEqual(ada.user);
      expect(trail()).toEqual([]);
    });

    test('get a new password, which ends their sessions', async () => {
      const before = await panel.userStore.findByEmail('ada@museum.test');
      await edit(ada, { password: SECRET });
      expect((await panel.userStore.findByEmail('ada@museum.test'))?.passwordHash).not.toBe(before?.passwordHash);
      expect(trail()).toEqual(['root@museum.test user.password ada@museum.test']);
      expect((await panel.sessions.list()).map((session) => session.user.email)).toEqual(['root@museum.test']);
    });

    test('row 79: a password is in no answer, whether it was taken or refused', async () => {
      const answers = [
        await post('/users/actions/new', { email: 'x@museum.test', password: SECRET }),
        await post('/users/actions/new', { email: 'not an address', password: SECRET }),
        await edit(ada, { password: SECRET }),
        await edit(ada, { password: SECRET, email: 'root@museum.test' }),
        await get(`/users/records/${ada.user.id}/edit`),
        await get('/users/actions/list'),
      ];
      for (const { text } of answers) {
        expect(text).not.toContain(SECRET);
        expect(text).not.toMatch(/passwordHash|\$2[aby]\$/);
      }
      expect(JSON.stringify(panel.audit.events)).not.toContain(SECRET);
    });

    test('have roles with dates, as they are shown, too', async () => {
      const typed = 'staff (from 2026-02-01 until 2027-07-01T00:00Z)';
      expect((await edit(ada, { roles: typed })).notice?.type).toBe('success');
      const until = new Date('2027-07-01T00:00:00Z');
      const after = await panel.users.find(ada.user.id);
      expect(after?.memberships).toMatchObject([{ role: 'staff', until }]);
      const { records } = await get('/users/actions/list?filters.email=ada');
      const shown = String(records[0]?.params['roles']);
      expect(shown).toMatch(/^staff \(from 2026-\S+ until 2027-\S+\)$/);
      await edit(ada, { roles: shown });
      expect(trail()).toEqual(['root@museum.test user.change ada@museum.test']);
      const refused = await edit(ada, { roles: 'staff (until summer)' });
      expect(refused.record.errors['roles']?.message).toContain('Write 2027-07-01');
      expect((await edit(root, { roles: 'admin (until 2027-07-01)' })).record.errors['roles']?.message).toContain(
        'no end',
      );
      expect(await panel.users.find(root.user.id)).toEqual(root.user);
    });

    test('are removed, and recorded', async () => {
      await post(`/users/records/${ada.user.id}/delete`);
      expect(await panel.users.find(ada.user.id)).toBeUndefined();
      expect(trail()).toEqual(['root@museum.test user.remove ada@museum.test']);
    });

    test.each([
      ['disabled', () => edit(root, { active: 'false' })],
      ['demoted', () => edit(root, { roles: '' })],
      ['removed', () => post(`/users/records/${root.user.id}/delete`)],
    ])('row 81: the last active administrator cannot be %s', async (_what, attempt) => {
      const answer = await attempt();
      expect(answer.notice).toMatchObject({ type: 'error' });
      expect(answer.notice?.message).toMatch(/^This is the last active administrator/);
      expect(await panel.users.find(root.user.id)).toEqual(root.user);
      expect(trail().at(-1)).toBe('root@museum.test refused root@museum.test');
    });
  });

  describe('roles', () => {
    test('are added, described and removed, and recorded', async () => {
      await panel.users.change(ada.user.id, { roles: ['staff'] });
      await post('/roles/actions/new', { name: 'Team Ägypten', description: '' });
      await post(`/roles/records/${encodeURIComponent('Team Ägypten')}/edit`, { description: 'Egypt' });
      await post('/roles/records/staff/delete');
      expect(await panel.users.listRoles()).toContainEqual({ name: 'Team Ägypten', description: 'Egypt' });
      expect((await panel.users.find(ada.user.id))?.roles).toEqual([]);
      expect(trail()).toEqual([
        'root@museum.test role.add Team Ägypten',
        'root@museum.test role.change Team Ägypten',
        'root@museum.test role.remove staff',
      ]);
    });

    test('keep their names, and "admin" stays', async () => {
      expect((await post('/roles/records/staff/edit', { name: 'admin' })).notice?.type).toBe('error');
      expect((await post('/roles/records/admin/delete')).notice?.message).toContain('opens the admin panel');
      expect((await panel.users.listRoles()).map((role) => role.name)).toEqual(['admin', 'staff']);
    });
  });

  test('live sessions tell who and from where, and can be ended', async () => {
    const { records } = await get('/sessions/actions/list?filters.user=ada');
    expect(records.map(({ params }) => params)).toMatchObject([
      { id: ada.sessionId, user: 'ada@museum.test', address: '192.0.2.7', userAgent: 'Firefox' },
    ]);
    await post(`/sessions/records/${ada.sessionId}/delete`);
    expect((await panel.sessions.list()).map((session) => session.id)).toEqual([root.sessionId]);
    expect(trail()).toEqual([`root@museum.test session.end ${ada.sessionId}`]);
  });

  test('the audit trail comes newest first, page by page', async () => {
    for (let i = 1; i <= 40; i += 1) {
      const event = { action: 'login', actor: `u${i}@museum.test`, target: '', address: '192.0.2.1' } as const;
      await panel.audit.record({ at: new Date(), ...event });
    }
    const second = await get('/audit/actions/list?perPage=10&page=2');
    expect(second.meta.total).toBe(40);
    expect(second.records[0]?.params['actor']).toBe('u30@museum.test');
  });

  test.each([
    '/users/bulk/bulkDelete?recordIds=1',
    '/users/actions/search',
    '/users/search/ada',
    '/sessions/actions/new',
    '/sessions/records/1/edit',
    '/audit/actions/new',
    '/audit/records/1/edit',
    '/audit/records/1/delete',
    '/nothing/actions/list',
    '/users/actions/toString',
    '/users/records/1/list',
  ])('there is no %s', async (address) => {
    expect((await get(address)).status).toBe(404);
    expect((await post(address)).status).toBe(404);
  });

  test('a change that cannot be recorded is not made', async () => {
    panel.audit.unavailable = true;
    expect((await edit(ada, { name: 'Somebody else' })).status).toBe(503);
    expect((await post(`/users/records/${ada.user.id}/delete`)).status).toBe(503);
    expect((await post(`/sessions/records/${ada.sessionId}/delete`)).status).toBe(503);
    expect(await panel.users.find(ada.user.id)).toEqual(ada.user);
    expect(await panel.sessions.list()).toHaveLength(2);
  });
});
