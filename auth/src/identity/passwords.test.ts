import bcrypt from 'bcrypt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Refused } from './errors.ts';
import { Passwords } from './passwords.ts';

/** The least that bcrypt knows. */
const COST = 4;
const passwords = new Passwords('a pepper', COST);
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a password', () => {
  it('matches its hash, which is another one each time, and no other password does', async () => {
    const [hash, again] = await Promise.all([
      passwords.hash('keeper of the keys'),
      passwords.hash('keeper of the keys'),
    ]);
    expect(hash).toMatch(/^\$2b\$04\$.{53}$/);
    expect(hash).not.toBe(again);
    expect(await passwords.matches('keeper of the keys', hash)).toBe(true);
    for (const other of ['keeper of the key', 'Keeper of the keys', ' keeper of the keys', '']) {
      expect(await passwords.matches(other, hash), other).toBe(false);
    }
  });

  it('counts beyond the 72 bytes that bcrypt reads, and beyond NUL', async () => {
    const long = 'x'.repeat(100);
    expect(await passwords.matches(`${long}b`, await passwords.hash(`${long}a`))).toBe(false);
    expect(await passwords.matches('secret\0b', await passwords.hash('secret\0a'))).toBe(false);
  });

  it('may be typed composed or decomposed', async () => {
    const hash = await passwords.hash('café au lait'.normalize('NFD'));
    expect(await passwords.matches('café au lait'.normalize('NFC'), hash)).toBe(true);
  });

  it('matches with the pepper that it was hashed with only, and whatever the cost is by now', async () => {
    const hash = await passwords.hash('keeper of the keys');
    expect(await new Passwords('another pepper', COST).matches('keeper of the keys', hash)).toBe(false);
    expect(await new Passwords('a pepper', COST + 1).matches('keeper of the keys', hash)).toBe(true);
  });

  it('does not go to bcrypt as it is', async () => {
    const hashing = vi.spyOn(bcrypt, 'hash');
    await passwords.hash('keeper of the keys');
    expect(hashing).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^[\w+/]{43}=$/), COST);
  });
});

describe('without a hash', () => {
  it('no password matches, after a comparison that costs the same', async () => {
    const comparing = vi.spyOn(bcrypt, 'compare');
    expect(await passwords.matches('keeper of the keys', undefined)).toBe(false);
    expect(comparing).toHaveBeenCalledOnce();
    const [, against] = comparing.mock.calls[0] ?? [];
    expect(bcrypt.getRounds(String(against))).toBe(COST);
  });

  it('one hash is compared with, made once', async () => {
    const hashing = vi.spyOn(bcrypt, 'hash');
    const fresh = new Passwords('a pepper', COST);
    await Promise.all([1, 2, 3].map((number) => fresh.matches(`guess ${number}`, undefined)));
    expect(hashing).toHaveBeenCalledOnce();
  });
});

it('no more than two are compared or hashed at a time: the pool of threads is the tiles’, too', async () => {
  let [running, most] = [0, 0];
  const hash = bcrypt.hash.bind(bcrypt);
  const counted = async (password: string | Buffer, cost: string | number): Promise<string> => {
    most = Math.max(most, (running += 1));
    const made = await hash(password, cost);
    running -= 1;
    return made;
  };
  // eslint-disable-next-line @typescript-eslint/no-misused-promises -- bcrypt's other signature, with a callback, returns nothing
  vi.spyOn(bcrypt, 'hash').mockImplementation(counted as typeof bcrypt.hash);
  await Promise.all(Array.from({ length: 8 }, (_, number) => passwords.hash(`password ${number}`)));
  expect(most).toBe(2);
});

describe('a new password', () => {
  it.each([8, 1024])('may have %i characters', (length) => {
    expect(() => {
      passwords.check('x'.repeat(length));
    }).not.toThrow();
  });

  it.each([
    [7, 'At least 8 characters.'],
    [1025, 'At most 1024 characters.'],
  ])('may not have %i', (length, message) => {
    const check = (): void => {
      passwords.check('x'.repeat(length));
    };
    expect(check).toThrow(Refused);
    expect(check).toThrow(message);
  });
});

it('what is longer than any password is not compared', async () => {
  const comparing = vi.spyOn(bcrypt, 'compare');
  expect(await passwords.matches('x'.repeat(1025), await passwords.hash('x'.repeat(1024)))).toBe(false);
  expect(comparing).not.toHaveBeenCalled();
});
