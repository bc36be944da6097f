// Many logins at once, and for long: each waits for its own kind, and nobody uses up what is another's.
import { describe, expect, it } from 'vitest';
import { Devices } from '../src/identity/devices.ts';
import { Login } from '../src/identity/login.ts';
import type { LoginResult } from '../src/identity/loginResult.ts';
import type { Passwords } from '../src/identity/passwords.ts';
import { Throttle, type Client } from '../src/identity/throttle.ts';
import { MemoryUsers } from './support/memory.ts';
import { person } from './support/people.ts';

const NOW = new Date();
const devices = new Devices('k'.repeat(64), () => NOW);

/** A login whose comparisons all wait until `release` is called; `compared` are the hashes, in order. */
async function bench(...accounts: string[]) {
  const users = new MemoryUsers();
  for (const name of accounts) await users.insert(person(name));
  const compared: (string | undefined)[] = [];
  let release: (matches: boolean) => void = () => undefined;
  const comparison = new Promise<boolean>((resolve) => (release = resolve));
  const matches = (_: string, hash: string | undefined): Promise<boolean> => {
    compared.push(hash);
    return comparison;
  };
  const login = new Login(users, { matches } as unknown as Passwords, new Throttle(), devices);
  const attempt = (name: string, address: string, deviceCookies: string[] = []): Promise<LoginResult> =>
    login.attempt({ email: `${name}@example.org`, password: 'any', address, deviceCookies }, NOW);
  return { attempt, compared, release };
}

const kinds = async (results: Promise<LoginResult>[]): Promise<string[]> =>
  (await Promise.all(results)).map(({ kind }) => kind);
const repeat = <T>(times: number, make: (index: number) => T): T[] => Array.from({ length: times }, (_, i) => make(i));

describe('many logins', () => {
  it('that come at once do not all queue: those that would wait for long are told so', async () => {
    const { attempt, compared, release } = await bench();
    const attempts = repeat(100, (number) => attempt(`reader${number}`, '192.0.2.7'));
    expect(await attempts[99]).toEqual({ kind: 'throttled', retryAfter: 5 });
    release(false);
    expect((await kinds(attempts)).filter((kind) => kind === 'throttled')).toHaveLength(80);
    expect(compared).toHaveLength(20);
    expect((await attempt('reader101', '192.0.2.7')).kind).toBe('wrong');
  });

  it('that succeed keep nobody else waiting: addresses take turns', async () => {
    const { attempt, compared, release } = await bench('busy', 'reader');
    const busy = repeat(26, () => attempt('busy', '192.0.2.7'));
    const reader = attempt('reader', '192.0.2.8');
    release(true);
    expect((await reader).kind).toBe('ok');
    expect((await kinds(busy)).filter((kind) => kind === 'ok')).toHaveLength(20);
    // Two were begun, and one more of the busy one's before it was the reader's turn, at most.
    expect(compared.indexOf('hash of reader')).toBeLessThanOrEqual(3);
  });

  it('of many addresses leave room for one that has none under way', async () => {
    const { attempt, release } = await bench('reader');
    const busy = repeat(60, (number) => attempt(`busy${number}`, `192.0.2.${number % 3}`));
    const reader = attempt('reader', '198.51.100.1');
    release(true);
    expect((await reader).kind).toBe('ok');
    expect((await kinds(busy)).filter((kind) => kind === 'throttled')).toHaveLength(1);
  });

  it('behind one address leave room for a known device', async () => {
    const { attempt, release } = await bench('reader');
    const busy = repeat(40, () => attempt('busy', '192.0.2.7'));
    const known = attempt('reader', '192.0.2.7', [devices.issue('reader@example.org')]);
    const unknown = attempt('reader', '192.0.2.7');
    release(true);
    expect((await known).kind).toBe('ok');
    expect((await unknown).kind).toBe('throttled');
    await Promise.all(busy);
  });

  it('at once do not pass the limit of failures by being at once', async () => {
    const { attempt, compared, release } = await bench('reader');
    const attempts = repeat(20, () => attempt('reader', '192.0.2.7'));
    release(false);
    await Promise.all(attempts);
    expect(compared.length).toBeGreaterThanOrEqual(10);
    expect(compared.length).toBeLessThanOrEqual(11); // two are compared at a time
  });
});

describe('the throttle', () => {
  const at = (address: string, account = 'reader@example.org', device?: string): Client => ({
    account,
    address,
    device,
  });

  it('cannot be left behind by another address of the same IPv6 network', async () => {
    const throttle = new Throttle();
    for (let last = 1; last <= 10; last += 1) await throttle.failed(at(`2001:db8:1:2::${last}`));
    expect(await throttle.secondsToWait(at('2001:db8:1:2:aaaa::7'))).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(at('2001:db8:1:3::7'))).toBe(0);
  });

  it('gives every known device ten failures, whatever strangers and other devices do', async () => {
    const throttle = new Throttle();
    const phone = at('192.0.2.7', 'reader@example.org', 'phone');
    const laptop = at('192.0.2.7', 'reader@example.org', 'laptop');
    for (let guess = 0; guess < 100; guess += 1) await throttle.failed(at(`198.51.100.${guess % 10}`));
    for (let guess = 0; guess < 100; guess += 1) await throttle.failed(at('192.0.2.7', `somebody${guess}@example.org`));
    expect(await throttle.secondsToWait(at('203.0.113.1'))).toBeGreaterThan(3000);
    expect(await throttle.secondsToWait(at('192.0.2.7', 'other@example.org'))).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(phone)).toBe(0);
    for (let guess = 0; guess < 10; guess += 1) await throttle.failed(phone);
    expect(await throttle.secondsToWait(phone)).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(laptop)).toBe(0);
    expect(await throttle.secondsToWait(at('192.0.2.7', 'third@example.org', 'tablet'))).toBe(0);
  });

  it('lets no number of known devices guess without end', async () => {
    const throttle = new Throttle();
    for (let guess = 0; guess < 100; guess += 1) {
      await throttle.failed(at('192.0.2.7', 'reader@example.org', `device${guess % 20}`));
    }
    expect(await throttle.secondsToWait(at('192.0.2.7', 'reader@example.org', 'one more'))).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(at('192.0.2.7'))).toBe(0);
  });

  it('counts logins against their own account and address, and against nobody else', async () => {
    const throttle = new Throttle();
    for (let login = 0; login < 99; login += 1) await throttle.succeeded(at('192.0.2.7'));
    expect(await throttle.secondsToWait(at('192.0.2.7'))).toBe(0);
    await throttle.succeeded(at('192.0.2.7'));
    expect(await throttle.secondsToWait(at('192.0.2.7'))).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(at('192.0.2.7', 'other@example.org'))).toBe(0);
    expect(await throttle.secondsToWait(at('192.0.2.8'))).toBe(0);
    for (let login = 0; login < 100; login += 1) await throttle.succeeded(at(`198.51.100.${login}`));
    expect(await throttle.secondsToWait(at('192.0.2.8'))).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(at('192.0.2.8', 'other@example.org'))).toBe(0);
  });
});
