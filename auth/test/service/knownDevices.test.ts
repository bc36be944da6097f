// Strangers who guess must not lock out the owner of an account, whose browser has logged in before.
import { beforeAll, describe, expect, it } from 'vitest';
import { cookieHeader, setCookies, type Answer } from '../support/ask.ts';
import { ADMIN, READER, Vitrine } from '../support/vitrine.ts';

const HOME = '192.0.2.7';
type Who = { readonly email: string; readonly password: string };

const vitrine = Vitrine.forTests();

function logIn(who: Who, address: string, cookie = ''): Promise<Answer> {
  const headers = { 'X-Forwarded-For': address, ...(cookie && { cookie }) };
  return vitrine.ask('/auth/iiif-login', { form: { ...who }, headers });
}

/** The cookie of a browser that has logged in, and logged out again. */
async function deviceOf(who: Who): Promise<string> {
  const answer = await logIn(who, HOME);
  expect(answer.status).toBe(200);
  const goodbye = await vitrine.ask('/auth/logout', { headers: { cookie: cookieHeader(answer) } });
  expect([...setCookies(goodbye).keys()]).not.toContain('vitrine_device');
  return cookieHeader(answer, 'vitrine_device');
}

/** Ten wrong passwords each from ten networks. */
async function guess({ email }: Who): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await logIn({ email, password: `guess ${attempt}` }, `198.51.100.${attempt % 10}`);
    expect(answer.status).toBe(401);
  }
}

describe('an account that strangers have closed', () => {
  let device: string;
  beforeAll(async () => {
    device = await deviceOf(ADMIN);
    await guess(ADMIN);
  });

  it('is closed to strangers, with the right password too', async () => {
    for (const address of [HOME, '203.0.113.1']) {
      const answer = await logIn(ADMIN, address);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3000);
      expect([...setCookies(answer).keys()]).toEqual([]);
    }
  });

  it('is open to a browser that has logged in before, from wherever it comes', async () => {
    for (const address of [HOME, '203.0.113.1', '198.51.100.1']) {
      const answer = await logIn(ADMIN, address, device);
      expect(answer.status).toBe(200);
      const again = cookieHeader(answer, 'vitrine_device');
      expect(again.split('.')[0]).toBe(device.split('.')[0]); // the same device, for longer
    }
  });

  it('is open to it behind cookies of that name that a neighbour has set', async () => {
    const planted = `vitrine_device=${'x'.repeat(60)}; vitrine_device=; vitrine_device=%00`;
    expect((await logIn(ADMIN, HOME, `${planted}; ${device}`)).status).toBe(200);
  });

  it.each([
    ['of another account', () => deviceOf(READER)],
    ['that was made up', () => Promise.resolve(device.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))],
    ['with a letter of no such cookie', () => Promise.resolve(`${device.slice(0, -1)}é`)],
    ['of somebody else’s making', () => Promise.resolve(`vitrine_device=${'A'.repeat(22)}.zzzzzz.${'A'.repeat(43)}`)],
  ])('is closed to a device cookie %s', async (_, make) => {
    expect((await logIn(ADMIN, HOME, encodeURI(await make()))).status).toBe(429);
  });

  it('is open to it after a new password, and by that one only', async () => {
    const admin = await vitrine.users.findByEmail(ADMIN.email);
    const password = 'another keeper of the keys';
    await vitrine.users.change(admin?.id ?? '', { password });
    expect((await logIn(ADMIN, HOME, device)).status).toBe(401);
    expect((await logIn({ ...ADMIN, password }, HOME, device)).status).toBe(200);
    await vitrine.users.change(admin?.id ?? '', { password: ADMIN.password });
  });

  it('closes to one known device that guesses, and stays open to another', async () => {
    const other = cookieHeader(await logIn(ADMIN, HOME, device), 'vitrine_device');
    expect(other).toContain(device.split('.')[0]); // one browser, however often it logs in
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await logIn({ ...ADMIN, password: 'guess' }, HOME, device)).status).toBe(401);
    }
    expect((await logIn(ADMIN, HOME, device)).status).toBe(429);
  });

  it('is not known for ever', async () => {
    const ended = await deviceOf(READER);
    await guess(READER);
    expect((await logIn(READER, HOME, ended)).status).toBe(200);
    vitrine.ahead = 400 * 24 * 3_600_000;
    expect((await logIn(READER, HOME, ended)).status).toBe(429);
    vitrine.ahead = 0;
  });
});

describe('the device cookie', () => {
  it('is for the login alone, and names nobody', async () => {
    const other = await Vitrine.start();
    const line = setCookies((await other.logIn()).answer).get('vitrine_device') ?? '';
    expect(line).toMatch(
      /^vitrine_device=[\w-]{22}\.\w+\.[\w-]{43}; Max-Age=34560000; Path=\/auth\/iiif-login; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    expect(line).not.toContain('reader');
    await other.stop();
  });

  it('is Secure on https, under a name that no neighbour can set', async () => {
    const other = await Vitrine.start({
      env: { VIRTUAL_HOST: 'images.example.org', VIRTUAL_HOST_PROTO: 'https', TRUSTED_PROXIES: '192.0.2.1' },
    });
    const line = setCookies((await other.logIn()).answer).get('__Host-vitrine_device') ?? '';
    expect(line).toMatch(/Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    await other.stop();
  });

  it('opens nothing', async () => {
    const other = await Vitrine.start();
    const device = cookieHeader((await other.logIn()).answer, 'vitrine_device');
    const value = device.slice(device.indexOf('=') + 1);
    const tile = '/iiif/images/atlas!page1.tif/full/100,/0/default.jpg';
    for (const cookie of [device, `vitrine_access=${value}`, `vitrine_visit=${value}`]) {
      expect((await other.tile(tile, { cookie })).status).toBe(401);
    }
    await other.stop();
  });
});

describe('a user', () => {
  it('has a hundred live logins at most: with one more, the oldest ends', async () => {
    const other = await Vitrine.start();
    const user = await other.users.findByEmail(READER.email);
    if (!user) throw new Error('There is no reader.');
    const begin = async (number: number): Promise<string> => {
      other.ahead = number * 1000;
      const access = String(number).padStart(43, 'a');
      const account = String(number).padStart(43, 'b');
      await other.sessions.start({ user, access, account, address: HOME, userAgent: '' });
      return access;
    };
    const all: string[] = [];
    for (let number = 0; number < 100; number += 1) all.push(await begin(number));
    const tile = async (access: string): Promise<number> =>
      (await other.tile('/iiif/images/atlas!page1.tif/full/100,/0/default.jpg', { cookie: `vitrine_access=${access}` }))
        .status;
    expect(await tile(all[0] ?? '')).toBe(200);
    all.push(await begin(100), await begin(101));
    expect(await Promise.all([0, 1, 2, 101].map((number) => tile(all[number] ?? '')))).toEqual([401, 401, 200, 200]);
    expect(await other.sessions.list()).toHaveLength(100);
    await other.stop();
  });
});
