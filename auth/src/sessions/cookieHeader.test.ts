import { expect, it } from 'vitest';
import { parseAll } from './cookieHeader.ts';

it.each([
  [undefined, []],
  ['', []],
  ['a=1', [['a', '1']]],
  [
    'a=1; b=2;a=3',
    [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ],
  ],
  ['a=b=c', [['a', 'b=c']]],
  [' a = 1 ', [['a', '1']]],
  ['a=', [['a', '']]],
  ['a; ;=b;c', []],
  [
    'a=%41; a="x"',
    [
      ['a', '%41'],
      ['a', '"x"'],
    ],
  ],
])('reads %j', (header, wanted) => {
  expect(parseAll(header)).toEqual(wanted);
});
