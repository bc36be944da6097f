import { afterEach, expect, it, vi } from 'vitest';
import { readMoment, writeMoment } from './dates.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['Europe/Berlin', '2027-07-01', '2027-06-30T22:00:00.000Z'],
  ['Europe/Berlin', '2027-01-01', '2026-12-31T23:00:00.000Z'],
  ['Europe/Berlin', '2027-07-01 18:30', '2027-07-01T16:30:00.000Z'],
  ['Europe/Berlin', '2027-07-01T18:30:15Z', '2027-07-01T18:30:15.000Z'],
  ['Europe/Berlin', '2027-07-01T18:30-05:00', '2027-07-01T23:30:00.000Z'],
  ['America/New_York', '2027-07-01', '2027-07-01T04:00:00.000Z'],
  ['UTC', '2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['UTC', '2027-07-01T00:00+05:30', '2027-06-30T18:30:00.000Z'],
])('in %s, %s is %s', (tz, text, utc) => {
  vi.stubEnv('TZ', tz);
  expect(new Date(readMoment(text) ?? NaN).toISOString()).toBe(utc);
});

it.each([
  '2027-02-29',
  '2027-13-01',
  '2027-00-10',
  '2027-06-31',
  '2027-07-01T24:00',
  '2027-07-01T10:60',
  '1 July 2027',
  '01.07.2027',
  '2027-7-1',
  '2027',
  '',
  'tomorrow',
  '2027-07-01T18:00+2',
  ' 2027-07-01',
])('%j is none', (text) => {
  expect(readMoment(text)).toBeUndefined();
});

it.each([
  ['Europe/Berlin', '2027-07-01T00:00+02:00'],
  ['America/St_Johns', '2027-01-01T00:00-03:30'],
  ['Asia/Kolkata', '2027-07-01T00:00+05:30'],
  ['UTC', '2027-07-01T00:00+00:00'],
])('in %s a day begins at %s, which is read again as the same', (tz, text) => {
  vi.stubEnv('TZ', tz);
  const moment = readMoment(text.slice(0, 10)) ?? NaN;
  expect(writeMoment(moment)).toBe(text);
  expect(readMoment(text)).toBe(moment);
});
