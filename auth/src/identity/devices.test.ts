import { expect, it } from 'vitest';
import { DEVICE_LIFETIME, Devices } from './devices.ts';

const clock = { now: new Date('2026-11-22T12:00:00Z') };
const devices = new Devices('k'.repeat(64), () => clock.now);
const EMAIL = 'rené@example.org';

it('A device is known again for its account, however the address is typed, and for no other', () => {
  const cookie = devices.issue(EMAIL);
  expect(cookie).toMatch(/^[\w-]{22}\.\w+\.[\w-]{43}$/);
  const device = devices.read([cookie], EMAIL);
  expect(cookie.startsWith(`${device ?? '?'}.`)).toBe(true);
  expect(devices.read([cookie], ` ${EMAIL.normalize('NFD').toUpperCase()}`)).toBe(device);
  expect(devices.read([cookie], 'irene@example.org')).toBeUndefined();
});

it('It stays the same device when it is issued again, and is found behind others', () => {
  const device = devices.read([devices.issue(EMAIL)], EMAIL);
  const again = devices.issue(EMAIL, device);
  expect(devices.read(['', 'garbage', devices.issue('irene@example.org'), again], EMAIL)).toBe(device);
  expect(devices.read([devices.issue(EMAIL)], EMAIL)).not.toBe(device);
});

it('It ends', () => {
  const cookie = devices.issue(EMAIL);
  const start = clock.now;
  clock.now = new Date(start.getTime() + DEVICE_LIFETIME * 1000 - 1000);
  expect(devices.read([cookie], EMAIL)).toBeDefined();
  clock.now = new Date(start.getTime() + DEVICE_LIFETIME * 1000);
  expect(devices.read([cookie], EMAIL)).toBeUndefined();
  clock.now = start;
});

it('It cannot be made by somebody else, prolonged or cut', () => {
  const cookie = devices.issue(EMAIL);
  const [device = '', end = '', mac = ''] = cookie.split('.');
  const later = (Number.parseInt(end, 36) + 9999).toString(36);
  const forged = [
    `${device}.${later}.${mac}`,
    `${device.slice(1)}.${end}.${mac}`,
    cookie.slice(0, -1),
    `${cookie}.x`,
    `${cookie}x`,
    `${device}.${end}.`,
    '..',
    `${device}.${end}.${'é'.repeat(mac.length)}`,
    new Devices('x'.repeat(64), () => clock.now).issue(EMAIL),
  ];
  for (const one of forged) expect(devices.read([one], EMAIL), one).toBeUndefined();
});
