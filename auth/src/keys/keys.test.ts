import { describe, expect, it, beforeEach } from 'vitest';
import { Refused } from '../identity/errors.ts';
import type { ApiKey, KeyRepository } from './key.ts';
import { Keys } from './keys.ts';

const MADE = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const GIVEN = { name: 'harvester', folders: ['maps'], pixels: 600, expiresAt: new Date(MADE + 100 * HOUR) };

/** Keys in memory; `changed` is what the store says of its state. */
class Kept implements KeyRepository {
  readonly rows = new Map<string, ApiKey>();
  asked = 0;
  uses: number[] = [];
  failing = false;
  changed = 0;
  state = () => Promise.resolve(String(this.changed));
  insert(key: ApiKey, hash: string) {
    this.rows.set(hash, key);
    this.changed += 1;
    return Promise.resolve();
  }
  findByHash(hash: string) {
    this.asked += 1;
    return Promise.resolve(this.rows.get(hash));
  }
  list = () => Promise.resolve([...this.rows.values()]);
  remove(id: string) {
    const found = [...this.rows].find(([, key]) => key.id === id);
    if (found) this.rows.delete(found[0]);
    return Promise.resolve(found !== undefined);
  }
  noteUse(_id: string, at: Date) {
    this.uses.push(at.getTime());
    return this.failing ? Promise.reject(new Error('The disk is full.')) : Promise.resolve();
  }
}

let kept: Kept;
let now: number;
let keys: Keys;
beforeEach(() => {
  kept = new Kept();
  now = MADE;
  keys = new Keys(
    kept,
    () => new Date(now),
    // There is nothing called "gone", and "link" leads elsewhere.
    ([name = '', ...below]) =>
      Promise.resolve(name === 'gone' ? undefined : [name === 'link' ? 'maps' : name, ...below]),
  );
});
const sent = (secret: string) => keys.ofAuthorization(`Bearer ${secret}`);

describe('a key', () => {
  it('opens what it was made for, by a secret of 256 random bits of which only a hash is kept', async () => {
    const { key, secret } = await keys.add(GIVEN);
    expect(secret).toMatch(/^vitrine_[\w-]{43}$/);
    expect(await sent(secret)).toEqual({
      name: 'the key "harvester"',
      folders: [['maps']],
      pixels: 600,
      until: MADE + 100 * HOUR,
    });
    expect([...kept.rows.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(JSON.stringify([...kept.rows, key])).not.toContain(secret.slice('vitrine_'.length));
    expect((await keys.add({ ...GIVEN, name: 'another' })).secret).not.toBe(secret);
  });

  it('is none any more when it is over, to the millisecond', async () => {
    const { secret } = await keys.add(GIVEN);
    now = MADE + 100 * HOUR - 1;
    expect(await sent(secret)).toBeDefined();
    now += 1;
    expect(await sent(secret)).toBeUndefined();
  });

  it('is none any more as soon as it is revoked, though it was read before', async () => {
    const { key, secret } = await keys.add(GIVEN);
    expect(await sent(secret)).toBeDefined();
    await keys.revoke(key.id);
    expect(await sent(secret)).toBeUndefined();
    await expect(keys.revoke(key.id)).rejects.toBeInstanceOf(Refused);
  });

  it('is read once, however often it is used', async () => {
    const { secret } = await keys.add(GIVEN);
    for (let n = 0; n < 5; n += 1) await sent(secret);
    expect(kept.asked).toBe(1);
  });

  it.each([
    undefined,
    '',
    'Bearer ',
    'Bearer vitrine_',
    `Bearer vitrine_${'A'.repeat(42)}`,
    `Bearer ${'A'.repeat(43)}`,
  ])('what has not its form is not looked for: %s', async (header) => {
    expect(await keys.ofAuthorization(header)).toBeUndefined();
    expect(kept.asked).toBe(0);
  });

  it('that is wrong is one look by its hash, and nothing else', async () => {
    const { secret } = await keys.add(GIVEN);
    const wrong = `${secret.slice(0, -2)}${secret.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(await sent(wrong)).toBeUndefined();
    expect([kept.asked, kept.uses]).toEqual([1, []]);
  });
});

describe('the last use of a key', () => {
  it('is noted once an hour', async () => {
    const { secret } = await keys.add(GIVEN);
    for (let n = 0; n < 5; n += 1) await sent(secret);
    expect(kept.uses).toEqual([MADE]);
  });

  it('is noted again an hour after the one that is kept', async () => {
    const { secret } = await keys.add(GIVEN);
    for (const [hash, key] of kept.rows) kept.rows.set(hash, { ...key, lastUsedAt: new Date(MADE) });
    now = MADE + HOUR - 1;
    await sent(secret);
    expect(kept.uses).toEqual([]);
    now = MADE + HOUR;
    await sent(secret);
    expect(kept.uses).toEqual([MADE + HOUR]);
  });

  it('that cannot be written keeps nobody out, and is not tried again with each request', async () => {
    kept.failing = true;
    const { secret } = await keys.add(GIVEN);
    expect(await sent(secret)).toBeDefined();
    expect(await sent(secret)).toBeDefined();
    expect(kept.uses).toHaveLength(1);
  });
});

it.each([
  [{ name: '' }, 'name'],
  [{ name: 'a\nb' }, 'name'],
  [{ name: 'a'.repeat(101) }, 'name'],
  [{ folders: [] }, 'folders'],
  [{ folders: ['/maps'] }, 'folders'],
  [{ folders: ['maps/../letters'] }, 'folders'],
  [{ folders: Array.from({ length: 101 }, (_, n) => `f${n}`) }, 'folders'],
  [{ folders: ['maps', 'gone'] }, 'folders'],
  [{ folders: ['link'] }, 'folders'],
  [{ pixels: 0 }, 'sees'],
  [{ pixels: 15 }, 'sees'],
  [{ pixels: 1.5 }, 'sees'],
  [{ pixels: NaN }, 'sees'],
  [{ expiresAt: new Date(MADE) }, 'until'],
  [{ expiresAt: new Date(NaN) }, 'until'],
])('none is made of what is wrong, and the field is named: %j', async (wrong, field) => {
  await expect(keys.add({ ...GIVEN, ...wrong })).rejects.toMatchObject({ name: 'Refused', field });
  expect(kept.rows.size).toBe(0);
});
