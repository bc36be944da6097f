import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const API = '/auth/admin/api/resources/networks';

type Row = { readonly params: Record<string, string>; readonly errors: Record<string, { message: string }> };
type Answer = {
  readonly record: Row;
  readonly records: readonly Row[];
  readonly notice?: { readonly message: string };
};

describe('the networks of the panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;

  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin'], 'Root');
  });

  const post = async (address: string, fields: Record<string, string> = {}): Promise<Answer> => {
    const asked = request(panel.app)
      .post(`${API}${address}`)
      .set('Cookie', root.cookie)
      .set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    return (await asked).body as Answer;
  };
  const add = (name: string, addresses: string) => post('/actions/new', { name, addresses });
  const networks = async () => (await panel.rules.document()).networks;
  const room = '/records/reading%20room';
  const trail = () => panel.audit.events.map(({ action, target }) => `${action} ${target}`);
  const keep = (rule: string) => panel.rules.set('theses', rule, { rule: undefined });

  test('one is added, listed with the rules that name it, and changed', async () => {
    await add('reading room', '10.1.0.0/16\n2001:db8::/32');
    await keep('[{"who":{"networks":["reading room","10.9.0.0/16"]}}]');
    const answer = await request(panel.app).get(`${API}/actions/list`).set('Cookie', root.cookie);
    const { records } = answer.body as Answer;
    expect(records.map(({ params }) => params)).toMatchObject([
      { name: 'reading room', addresses: '10.1.0.0/16, 2001:db8::/32', places: 'theses' },
    ]);
    const seen = records[0]?.params['seen'] ?? '';
    await post(`${room}/edit`, { addresses: '10.2.0.0/16', seen });
    expect(await networks()).toEqual({ 'reading room': '["10.2.0.0/16"]' });
    expect((await panel.rules.rules())[0]?.grants[0]?.who.networks).toEqual(['10.2.0.0/16', '10.9.0.0/16']);
    const second = await post(`${room}/edit`, { addresses: '10.3.0.0/16', seen });
    expect(second.record.errors['name']?.message).toMatch(/in the meantime/);
    expect(trail()).toEqual([
      'network.change reading room: 10.1.0.0/16, 2001:db8::/32',
      'network.change reading room: 10.2.0.0/16',
      'network.change reading room: 10.3.0.0/16',
      'refused reading room: 10.3.0.0/16',
    ]);
  });

  test('one that rules name is not removed, and they are named; afterwards it is', async () => {
    await add('reading room', '10.1.0.0/16');
    await keep('[{"who":{"gesture":"kiosk","networks":"reading room"}}]');
    const refused = await post(`${room}/delete`);
    expect(refused.notice?.message).toBe('These rules name it: theses. Change them first.');
    expect(Object.keys(await networks())).toEqual(['reading room']);
    await panel.rules.set('theses', undefined, { rule: await panel.rules.of('theses') });
    await post(`${room}/delete`);
    expect(await networks()).toEqual({});
    expect(trail().at(-1)).toBe('network.remove reading room');
  });

  test.each([
    ['', '10.1.0.0/16', /Give it a name/],
    ['reading room', '', /at least one/],
    ['reading room', '10.1.0.0/99', /not an IP address or network/],
    ['10.1.0.1', '10.1.0.0/16', /is an address/],
  ])('"%s" of %s is refused', async (name, addresses, message) => {
    const { notice, record } = await add(name, addresses);
    const said = [notice?.message, ...Object.values(record.errors).map((error) => error.message)].join(' ');
    expect(said).toMatch(message);
    expect(await networks()).toEqual({});
  });

  test('two of one name are refused', async () => {
    await add('reading room', '10.1.0.0/16');
    const { record } = await add('reading room', '10.2.0.0/16');
    expect(record.errors['name']?.message).toBe('There is a network of this name already.');
  });
});
