import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryShares } from '../../test/support/memoryShares.ts';
import { Refused } from '../identity/errors.ts';
import { shareLink, Shares } from './shares.ts';

const MADE = Date.UTC(2027, 0, 1);
const HOUR = 3_600_000;
const END = MADE + 100 * HOUR;
const GIVEN = { name: 'seminar', folder: 'letters', pixels: 600, people: 2, expiresAt: new Date(END) };
const STRANGER = () => false;
const GUEST = () => true;

/** Counts what is looked up for tiles. */
class Kept extends MemoryShares {
  asked = 0;
  override find(id: string) {
    this.asked += 1;
    return super.find(id);
  }
}

let kept: Kept;
let now: number;
let shares: Shares;
beforeEach(() => {
  kept = new Kept();
  now = MADE;
  shares = new Shares(
    kept,
    () => new Date(now),
    // There is nothing called "gone", and "link" leads elsewhere.
    ([name = '', ...below]) =>
      Promise.resolve(name === 'gone' ? undefined : [name === 'link' ? 'letters' : name, ...below]),
  );
});

describe('a share link', () => {
  it('has a secret of 256 random bits behind the #, of which only a hash is kept', async () => {
    const { share, secret } = await shares.add(GIVEN);
    expect(shareLink('https://example.org', secret)).toMatch(/^https:\/\/example\.org\/auth\/share#[\w-]{43}$/);
    expect([...kept.rows.keys()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(JSON.stringify([...kept.rows])).not.toContain(secret);
    expect(share).toMatchObject({ ...GIVEN, id: expect.stringMatching(/^[0-9a-f]{16}$/) as string, used: 0 });
  });

  it('opens what it was made for, by its id', async () => {
    const { share } = await shares.add(GIVEN);
    const scope = { name: 'the share link "seminar"', folders: [['letters']], pixels: 600, until: END };
    expect(await shares.scopesOf(['0123456789abcdef', share.id])).toEqual([scope]);
  });

  it('is read once, however many tiles ask', async () => {
    const { share } = await shares.add(GIVEN);
    for (let n = 0; n < 5; n += 1) await shares.scopesOf([share.id]);
    expect(kept.asked).toBe(1);
  });

  it('is none any more when it is over, to the millisecond', async () => {
    const { share, secret } = await shares.add(GIVEN);
    now = END - 1;
    expect(await shares.scopesOf([share.id])).toHaveLength(1);
    now = END;
    expect(await shares.scopesOf([share.id])).toEqual([]);
    expect(await shares.use(secret, GUEST)).toEqual({ kind: 'over' });
  });

  it('is none any more as soon as it is revoked, though it was read before', async () => {
    const { share, secret } = await shares.add(GIVEN);
    expect(await shares.scopesOf([share.id])).toHaveLength(1);
    await shares.revoke(share.id);
    expect(await shares.scopesOf([share.id])).toEqual([]);
    expect(await shares.use(secret, GUEST)).toEqual({ kind: 'over' });
    await expect(shares.revoke(share.id)).rejects.toBeInstanceOf(Refused);
    await expect(shares.find(share.id)).rejects.toBeInstanceOf(Refused);
  });
});

describe('the people of a share link', () => {
  it('are counted, and no more come in than it is for', async () => {
    const { share, secret } = await shares.add(GIVEN);
    expect(await shares.use(secret, STRANGER)).toMatchObject({ kind: 'open', share: { id: share.id } });
    expect((await shares.find(share.id)).used).toBe(1);
    now += HOUR;
    await shares.use(secret, STRANGER);
    expect(await shares.find(share.id)).toMatchObject({ used: 2, lastUsedAt: new Date(now) });
    expect(await shares.use(secret, STRANGER)).toEqual({ kind: 'full' });
    expect((await shares.find(share.id)).used).toBe(2);
  });

  it('who came before comes in again, and is not counted', async () => {
    const { share, secret } = await shares.add({ ...GIVEN, people: 1 });
    await shares.use(secret, STRANGER);
    now += HOUR;
    expect(await shares.use(secret, ({ id }) => id === share.id)).toMatchObject({ kind: 'open' });
    expect((await shares.find(share.id)).used).toBe(1);
  });

  it('are not counted by a look', async () => {
    const { share, secret } = await shares.add(GIVEN);
    expect(await shares.look(secret, STRANGER)).toMatchObject({ kind: 'open' });
    expect((await shares.find(share.id)).used).toBe(0);
  });

  it('who comes when the last place has just been taken is told so', async () => {
    const { secret } = await shares.add({ ...GIVEN, people: 1 });
    kept.count = () => Promise.resolve(false);
    expect(await shares.use(secret, STRANGER)).toEqual({ kind: 'full' });
  });
});

it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(5000)])('what is no secret opens nothing: %s', async (secret) => {
  expect(await shares.use(secret, GUEST)).toEqual({ kind: 'over' });
});

it.each([
  [{ name: ' ' }, 'name'],
  [{ name: 'a\nb' }, 'name'],
  [{ name: 'a'.repeat(201) }, 'name'],
  [{ folder: '' }, 'folder'],
  [{ folder: 'maps/../letters' }, 'folder'],
  [{ folder: 'gone' }, 'folder'],
  [{ folder: 'link' }, 'folder'],
  [{ pixels: 0 }, 'sees'],
  [{ pixels: NaN }, 'sees'],
  [{ people: 0 }, 'people'],
  [{ people: 1.5 }, 'people'],
  [{ people: NaN }, 'people'],
  [{ people: 10_001 }, 'people'],
  [{ expiresAt: new Date(MADE) }, 'until'],
  [{ expiresAt: new Date(NaN) }, 'until'],
])('none is made of what is wrong, and the field is named: %j', async (wrong, field) => {
  await expect(shares.add({ ...GIVEN, ...wrong })).rejects.toMatchObject({ name: 'Refused', field });
  expect(kept.rows.size).toBe(0);
});
