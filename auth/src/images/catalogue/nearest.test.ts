import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const NAMES = ['maps', 'theses', 'Nachlass Köhler', 'a', 'b'];

it.each([
  ['mpas', 'maps'],
  ['map', 'maps'],
  ['Maps', 'maps'],
  ['maps ', 'maps'],
  ['thesis', 'theses'],
  ['nachlaß köhler', 'Nachlass Köhler'],
  ['Nachlass Kohler', 'Nachlass Köhler'],
  ['Nachlass Ko\u0308hler', 'Nachlass Köhler'],
  ['atlas', undefined],
  ['x', undefined],
  ['A', 'a'],
])('%j was probably %j', (name, meant) => {
  expect(nearest(name, NAMES)).toBe(meant);
});

it('the nearest of several, and none where there is none', () => {
  expect(nearest('theses 1901', ['theses 1902', 'theses 1801', 'these 1901'])).toMatch(/^theses 1|^these 1901$/);
  expect(nearest('theses 1901', ['theses 19', 'Theses 1901', 'theses 1902'])).toBe('Theses 1901');
  expect(nearest('maps', [])).toBeUndefined();
});
