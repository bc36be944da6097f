import { expect, it } from 'vitest';
import { readAccessFile } from '../permissions/accessFile.ts';
import { retiredVariables } from './retired.ts';

it.each([undefined, '', ' {} '])('ACCESS_PATTERNS=%j is no reason to complain', (text) => {
  expect(retiredVariables(text === undefined ? {} : { ACCESS_PATTERNS: text })).toEqual([]);
});

it('What ACCESS_PATTERNS said is shown as an access.yml that means the same', () => {
  const patterns = {
    maps: 'open',
    'maps/new': 'denied',
    letters: 'login',
    terms: { pattern: 'clickthrough' },
    room: { pattern: 'kiosk', addresses: ['10.1.0.0/16'] },
    theses: { pattern: 'external', addresses: ['10.1.0.0/16', '2001:db8::/32'], tier: 600 },
    small: { pattern: 'denied', tier: 300 },
  };
  const [problem] = retiredVariables({ ACCESS_PATTERNS: JSON.stringify(patterns) });
  const [advice = '', ...rest] = problem?.text.split('\n\n') ?? [];
  expect(advice).toContain('access.yml');
  const file = readAccessFile(rest.join('\n\n'), 'access.yml');
  if (file.kind !== 'rules') throw new Error(JSON.stringify(file));
  const said = file.rules.map(({ where, grants, pattern }) => [
    where.join('/'),
    pattern,
    grants.map(({ who: { users, networks, gesture }, pixels }) => [users, networks.join(' '), gesture, pixels]),
  ]);
  const near = '10.1.0.0/16';
  expect(said).toEqual([
    ['maps', 'login', [[false, '', undefined, Infinity]]],
    ['maps/new', 'login', []],
    ['letters', 'login', [[true, '', undefined, Infinity]]],
    ['terms', 'clickthrough', [[false, '', 'agreement', Infinity]]],
    ['room', 'kiosk', [[false, near, 'kiosk', Infinity]]],
    [
      'theses',
      'external',
      [
        [false, `${near} 2001:db8::/32`, undefined, Infinity],
        [false, '', undefined, 600],
      ],
    ],
    ['small', 'login', [[false, '', undefined, 300]]],
  ]);
});

it.each(['{"maps": "opne"}', 'maps', '[1]'])('ACCESS_PATTERNS=%s is refused too', (text) => {
  expect(retiredVariables({ ACCESS_PATTERNS: text })).toEqual([
    { variable: 'ACCESS_PATTERNS', text: expect.stringContaining('docs/access-rules.md') as string },
  ]);
});
