import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Client, Throttle } from './throttle.ts';

const READER: Client = { account: 'reader@example.org', address: '192.0.2.7', device: undefined };
const MINUTE = 60;

let throttle: Throttle;
beforeEach(() => {
  // The library that counts reads the time by itself.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  throttle = new Throttle();
});
afterEach(() => vi.useRealTimers());

async function fail(client: Client, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await throttle.failed(client);
}
async function succeed(client: Client, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await throttle.succeeded(client);
}
const pass = (seconds: number): unknown => vi.advanceTimersByTime(seconds * 1000);
const from = (address: string): Client => ({ ...READER, address });

describe('failures', () => {
  it('of an account from one address: ten, then a wait of what is left of a quarter of an hour', async () => {
    await fail(READER, 9);
    expect(await throttle.secondsToWait(READER)).toBe(0);
    pass(MINUTE);
    await fail(READER, 1);
    expect(await throttle.secondsToWait(READER)).toBe(14 * MINUTE);
    pass(14 * MINUTE - 1);
    expect(await throttle.secondsToWait(READER)).toBe(1);
    pass(1);
    expect(await throttle.secondsToWait(READER)).toBe(0);
  });

  it('that go on while there is a wait do not make it longer', async () => {
    await fail(READER, 10);
    pass(MINUTE);
    await fail(READER, 50);
    expect(await throttle.secondsToWait(READER)).toBe(14 * MINUTE);
  });

  it('count for the whole network of an IPv6 address, and for no other network and no other account', async () => {
    await fail(from('2001:db8:1:2::1'), 10);
    expect(await throttle.secondsToWait(from('2001:db8:1:2:ffff::9'))).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(from('2001:db8:1:3::1'))).toBe(0);
    const other = { ...from('2001:db8:1:2::1'), account: 'other@example.org' };
    expect(await throttle.secondsToWait(other)).toBe(0);
  });

  it('of one account from anywhere: a hundred within an hour', async () => {
    for (let place = 0; place < 100; place += 1) await fail(from(`198.51.100.${place}`), 1);
    expect(await throttle.secondsToWait(READER)).toBe(60 * MINUTE);
    pass(60 * MINUTE);
    expect(await throttle.secondsToWait(READER)).toBe(0);
  });

  it('of one address at any account: a hundred within a quarter of an hour', async () => {
    for (let number = 0; number < 100; number += 1) await fail({ ...READER, account: `${number}@example.org` }, 1);
    expect(await throttle.secondsToWait(READER)).toBe(15 * MINUTE);
    expect(await throttle.secondsToWait(from('203.0.113.1'))).toBe(0);
  });

  it('are forgotten of this address when the login succeeds, and not of the account', async () => {
    for (let place = 0; place < 90; place += 1) await fail(from(`198.51.100.${place}`), 1);
    await fail(READER, 9);
    await succeed(READER, 1);
    await fail(READER, 1);
    expect(await throttle.secondsToWait(READER)).toBe(60 * MINUTE); // 90 + 9 + 1 of the account
  });
});

describe('a known device', () => {
  const device: Client = { ...READER, device: 'A'.repeat(22) };

  it('is not kept waiting by strangers, from its own address either', async () => {
    await fail(READER, 100);
    expect(await throttle.secondsToWait(READER)).toBeGreaterThan(0);
    expect(await throttle.secondsToWait(device)).toBe(0);
  });

  it('waits for its own failures, wherever it is, and nobody else does', async () => {
    await fail(device, 10);
    expect(await throttle.secondsToWait({ ...device, address: '203.0.113.1' })).toBe(15 * MINUTE);
    expect(await throttle.secondsToWait({ ...device, device: 'B'.repeat(22) })).toBe(0);
    expect(await throttle.secondsToWait(READER)).toBe(0);
  });

  it('waits for those of all devices of the account: a hundred within an hour', async () => {
    for (let number = 0; number < 20; number += 1) await fail({ ...device, device: `device ${number}` }, 5);
    expect(await throttle.secondsToWait(device)).toBe(60 * MINUTE);
    expect(await throttle.secondsToWait(READER)).toBe(0);
  });
});

describe('logins', () => {
  it('of one account from one address: a hundred', async () => {
    await succeed(READER, 99);
    expect(await throttle.secondsToWait(READER)).toBe(0);
    await succeed(READER, 1);
    expect(await throttle.secondsToWait(READER)).toBe(15 * MINUTE);
    expect(await throttle.secondsToWait(from('203.0.113.1'))).toBe(0);
  });

  it('of one account from anywhere: two hundred, for known devices too', async () => {
    for (let place = 0; place < 4; place += 1) await succeed(from(`198.51.100.${place}`), 50);
    expect(await throttle.secondsToWait(from('203.0.113.1'))).toBe(15 * MINUTE);
    expect(await throttle.secondsToWait({ ...READER, device: 'A'.repeat(22) })).toBe(15 * MINUTE);
  });
});

it('an account that is longer than any address is counted by its beginning', async () => {
  const long = 'x'.repeat(320);
  await fail({ ...READER, account: `${long}one` }, 10);
  expect(await throttle.secondsToWait({ ...READER, account: `${long}other` })).toBe(15 * MINUTE);
});
