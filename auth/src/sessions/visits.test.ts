import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../shared/errors.ts';
import type { EndedVisits } from './visit.ts';
import { Visits } from './visits.ts';

const SECRET = 'k'.repeat(64);
const LIFETIME = 1000;
const HERE = '192.0.2.7';

/** A store in memory that counts what it is asked. */
class MemoryEndedVisits implements EndedVisits {
  readonly rows = new Map<string, Date>();
  asked = 0;
  unavailable = false;

  state(): Promise<string> {
    return Promise.resolve(String(this.rows.size));
  }

  add(number: string, expiresAt: Date): Promise<void> {
    this.#reach();
    this.rows.set(number, expiresAt);
    return Promise.resolve();
  }

  has(number: string): Promise<boolean> {
    this.#reach();
    this.asked += 1;
    return Promise.resolve(this.rows.has(number));
  }

  #reach(): void {
    if (this.unavailable) throw new StoreUnavailable('cut off by the test');
  }
}

let now: Date;
let store: MemoryEndedVisits;
let visits: Visits;
const AGREED = { terms: '' } as const;
const service = (secret = SECRET): Visits => new Visits(store, secret, LIFETIME, () => now);
beforeEach(() => {
  now = new Date('2026-11-22T12:00:00Z');
  store = new MemoryEndedVisits();
  visits = service();
});

/** @param seconds from now on */
const pass = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};

describe('a visit', () => {
  it('begins with its first step, and lasts as long as a login', async () => {
    const { cookie, seconds } = await visits.take(AGREED, []);
    expect(seconds).toBe(LIFETIME);
    const visit = await visits.ofCookie(cookie);
    expect(visit).toMatchObject({ terms: [''], atKiosk: false, expiresAt: new Date('2026-11-22T12:16:40Z') });
    expect(await visits.ofId(visit?.id ?? '')).toEqual(visit);
  });

  it('goes on with another step, which adds no time', async () => {
    const first = await visits.take('atKiosk', []);
    pass(400.5);
    const second = await visits.take(AGREED, [first.cookie]);
    expect(second.seconds).toBe(600);
    const [before, after] = [await visits.ofCookie(first.cookie), await visits.ofCookie(second.cookie)];
    expect(after).toEqual({ ...before, terms: [''], id: after?.id });
  });

  it('knows to which terms was agreed, the latest of them', async () => {
    const names = Array.from({ length: 14 }, (_, number) => number.toString(16).padStart(12, '0'));
    let cookie = '';
    for (const terms of names) ({ cookie } = await visits.take({ terms }, [cookie]));
    ({ cookie } = await visits.take(AGREED, [cookie]));
    ({ cookie } = await visits.take('atKiosk', [cookie]));
    const visit = await visits.ofCookie(cookie);
    expect(visit).toMatchObject({ terms: ['', ...names.slice(7).toReversed()], atKiosk: true });
    expect(await visits.ofId(visit?.id ?? '')).toEqual(visit);
    const { cookie: other } = await visits.take({ terms: 'abcdef012345' }, []);
    expect(await visits.ofCookie(other)).toMatchObject({ terms: ['abcdef012345'], atKiosk: false });
  });

  it('goes on in the first cookie that has one; where none has, another begins', async () => {
    const mine = await visits.take(AGREED, []);
    const found = await visits.take('atKiosk', ['', 'garbage', mine.cookie]);
    const fresh = await visits.take('atKiosk', ['garbage']);
    const number = async (cookie: string): Promise<string | undefined> => (await visits.ofCookie(cookie))?.number;
    expect(await number(found.cookie)).toBe(await number(mine.cookie));
    expect(await number(fresh.cookie)).not.toBe(await number(mine.cookie));
    expect(await visits.ofCookie(fresh.cookie)).toMatchObject({ terms: [], atKiosk: true });
  });

  it('ends to the second', async () => {
    const { cookie } = await visits.take(AGREED, []);
    const id = (await visits.ofCookie(cookie))?.id ?? '';
    pass(LIFETIME - 1);
    expect(await visits.ofCookie(cookie)).toBeDefined();
    expect(visits.hasExpired(cookie)).toBe(false);
    pass(1);
    expect(await visits.ofCookie(cookie)).toBeUndefined();
    expect(await visits.ofId(id)).toBeUndefined();
    expect(visits.hasExpired(cookie)).toBe(true);
    expect(visits.hasExpired(`${cookie}x`)).toBe(false);
  });

  it('with less than a second to go gets one more for its cookie', async () => {
    const { cookie } = await visits.take(AGREED, []);
    pass(LIFETIME - 0.2);
    expect((await visits.take('atKiosk', [cookie])).seconds).toBe(1);
  });

  it('is of this server: another secret signs nothing that opens here', async () => {
    const { cookie } = await service('x'.repeat(64)).take(AGREED, []);
    expect(await visits.ofCookie(cookie)).toBeUndefined();
    expect(await service().ofCookie((await visits.take(AGREED, [])).cookie)).toBeDefined();
  });

  it('is looked up once for many tiles', async () => {
    const { cookie } = await visits.take(AGREED, []);
    for (let tile = 0; tile < 20; tile += 1) await visits.ofCookie(cookie);
    expect(store.asked).toBe(1);
  });
});

describe('the end of a visit', () => {
  it('holds at once, here and for what else reads the store, until the visit would have ended', async () => {
    const { cookie } = await visits.take(AGREED, []);
    const visit = await visits.ofCookie(cookie);
    if (!visit) throw new Error('There is no visit.');
    await visits.end(visit, HERE);
    expect(await visits.ofCookie(cookie)).toBeUndefined();
    expect(await visits.ofId(visit.id)).toBeUndefined();
    expect(await service().ofCookie(cookie)).toBeUndefined();
    expect([...store.rows]).toEqual([[visit.number, visit.expiresAt]]);
    expect(visits.hasExpired(cookie)).toBe(false); // it is invalid, and not expired
  });

  it('holds here where the store does not answer', async () => {
    const { cookie } = await visits.take(AGREED, []);
    const visit = await visits.ofCookie(cookie);
    if (!visit) throw new Error('There is no visit.');
    store.unavailable = true;
    await expect(visits.end(visit, HERE)).rejects.toThrow(StoreUnavailable);
    store.unavailable = false;
    expect(await visits.ofCookie(cookie)).toBeUndefined();
  });

  it('holds here, and leaves no more rows, where an address ends too many', async () => {
    const cookies: string[] = [];
    for (let number = 0; number < 101; number += 1) {
      const { cookie } = await visits.take(AGREED, []);
      const visit = await visits.ofCookie(cookie);
      if (visit) await visits.end(visit, HERE);
      cookies.push(cookie);
    }
    expect(store.rows.size).toBe(100);
    expect(await visits.ofCookie(cookies.at(-1) ?? '')).toBeUndefined();
  });
});

describe('a visit by share links', () => {
  const id = (n: number): string => n.toString(16).padStart(16, '0');

  it('begins with one, and holds more beside other steps, the last one first', async () => {
    const first = await visits.take({ share: id(1) }, []);
    const second = await visits.take({ share: id(2) }, [first.cookie]);
    const third = await visits.take(AGREED, [second.cookie]);
    expect(await visits.ofCookie(first.cookie)).toMatchObject({ terms: [], atKiosk: false, shares: [id(1)] });
    const visit = await visits.ofCookie(third.cookie);
    expect(visit).toMatchObject({ terms: [''], shares: [id(2), id(1)] });
    expect(await visits.ofId(visit?.id ?? '')).toEqual(visit);
    expect(visit?.id).toMatch(/^[\w-]+$/);
  });

  it('holds one that is opened again once, and eight at most', async () => {
    let cookies: string[] = [];
    for (const n of [1, 2, 3, 1, 4, 5, 6, 7, 8, 9]) cookies = [(await visits.take({ share: id(n) }, cookies)).cookie];
    const visit = await visits.ofCookie(cookies[0] ?? '');
    expect(visit?.shares).toEqual([9, 8, 7, 6, 5, 4, 1, 3].map(id));
    expect(cookies[0]?.length).toBeLessThan(400);
  });

  it('holds none that was written into its text by anybody else', async () => {
    const { cookie } = await visits.take(AGREED, []);
    const [text = '', mac = ''] = cookie.split('.');
    expect(await visits.ofCookie(`${text}-${id(1)}.${mac}`)).toBeUndefined();
  });
});
