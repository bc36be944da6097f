import request from 'supertest';
import { beforeEach, describe, expect, test } from 'vitest';
import { panelUnderTest, type LoggedIn } from './support/panel.ts';

const ASK = '/auth/admin/api/resources/why/actions/ask';

type Asked = {
  readonly refused?: string;
  readonly answer?: {
    readonly asked: string;
    readonly allowed: boolean;
    readonly decision: string;
    readonly remarks: readonly string[];
    readonly beside: readonly object[];
    readonly rules: readonly object[];
    readonly place: string;
  };
};

describe('why, in the panel', () => {
  let panel: ReturnType<typeof panelUnderTest>;
  let root: LoggedIn;
  beforeEach(async () => {
    panel = panelUnderTest();
    root = await panel.logIn('root@museum.test', ['admin']);
  });

  const ask = async (fields: Record<string, string>, cookie = root.cookie) => {
    const asked = request(panel.app).post(ASK).set('Cookie', cookie).set('Sec-Fetch-Site', 'same-origin');
    for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
    const { status, body } = await asked;
    return { status, ...(body as Asked) };
  };

  test('an address that a viewer shows, for somebody who is not logged in', async () => {
    const { answer } = await ask({
      place: 'https://viewer.example.org/?manifest=http%3A%2F%2Flocalhost%2Fiiif%2Fmanifests%2Fletters',
    });
    expect(answer).toMatchObject({
      allowed: false,
      decision: 'not allowed yet: log in',
      asked: expect.stringMatching(/^letters, anonymous, 2/) as string,
      remarks: ['Its manifest is for everybody: names and sizes, not the pictures.'],
      rules: [{ name: 'active users see everything', decides: true, source: 'none' }],
      place: 'letters',
    });
  });

  test('what is looked at, what was missing, and where each rule stands', async () => {
    await panel.rules.set('maps/atlas', '[{"who":{"roles":"admin"}}]', { rule: undefined });
    await panel.keys.add({
      ...{ name: 'harvester', folders: ['letters'], pixels: Infinity },
      expiresAt: new Date('2099-01-01'),
    });
    await panel.changed();
    const place = '/iiif/3/images/maps!atlas!1.tif/info.json';
    const { answer } = await ask({ place, user: 'Root@museum.test', key: 'harvester', from: '192.0.2.7' });
    expect(answer).toMatchObject({
      allowed: true,
      decision: 'allowed',
      asked: expect.stringMatching(
        /^maps\/atlas\/1\.tif, root@museum\.test with the key "harvester" at 192\.0\.2\.7, /,
      ) as string,
      beside: [{ failed: 'the folder' }],
      rules: [
        { name: 'panel: maps/atlas', decides: true, source: 'panel', place: 'maps/atlas', grants: [{ failed: '' }] },
        { name: 'access.yml: maps', decides: false, source: 'file', file: 'access.yml' },
        { source: 'none' },
      ],
    });
    expect((await ask({ place })).answer?.rules[0]).toMatchObject({
      grants: [{ failed: 'a login, an active account, a role' }],
    });
  });

  test('what a share link opens, by its id', async () => {
    const { share } = await panel.shares.add({
      ...{ name: 'seminar', folder: 'letters', pixels: Infinity, people: 1 },
      expiresAt: new Date('2099-01-01'),
    });
    const { answer } = await ask({ place: 'letters/1.tif', share: share.id });
    expect(answer).toMatchObject({
      allowed: true,
      asked: expect.stringContaining('with the share link "seminar"') as string,
      beside: [{ failed: '' }],
    });
  });

  test('in German, and with times in the zone of the reader', async () => {
    const { answer } = await ask({
      ...{ place: 'letters', at: '2027-07-01T12:00Z', language: 'de', zone: 'Pacific/Kiritimati' },
    });
    expect(answer).toMatchObject({
      decision: 'noch nicht erlaubt: erst nach einer Anmeldung',
      asked: expect.stringMatching(
        /^letters, ohne Anmeldung, .*\(2027-07-02T02:00\+14:00 Pacific\/Kiritimati\)$/,
      ) as string,
      rules: [{ name: 'aktive Konten sehen alles' }],
    });
  });

  test.each([
    [{ place: '/auth/admin' }, 'place'],
    [{ place: 'maps', from: 'here' }, 'from'],
    [{ place: 'maps', at: 'soon' }, 'at'],
    [{ place: 'maps', user: 'nobody@museum.test' }, 'user'],
    [{ place: 'maps', key: 'none' }, 'key'],
    [{ place: 'maps', share: 'none' }, 'share'],
  ])('%o cannot be answered, for its %s', async (fields, field) => {
    expect(await ask(fields)).toMatchObject({ status: 200, refused: field });
  });

  test('nobody else is told, and nothing is changed or recorded by asking', async () => {
    const reader = await panel.logIn('reader@museum.test', []);
    expect((await ask({ place: 'maps' }, reader.cookie)).status).toBe(403);
    await ask({ place: 'maps' });
    expect(panel.audit.events).toEqual([]);
  });
});
