import { describe, expect, it } from 'vitest';
import { Guests } from './guests.ts';

const guests = new Guests('s'.repeat(64));
const id = (n: number): string => n.toString(16).padStart(16, '0');

describe('a guest cookie', () => {
  it('names the share links that somebody was counted for, each once', () => {
    const first = guests.issue(id(1), []);
    const both = guests.issue(id(2), [first]);
    expect(guests.read([both])).toEqual([id(2), id(1)]);
    expect(guests.read([guests.issue(id(1), [both])])).toEqual([id(1), id(2)]);
  });

  it('remembers sixteen, and fits into what is read of a cookie', () => {
    let cookies: string[] = [];
    for (let n = 0; n < 20; n += 1) cookies = [guests.issue(id(n), cookies)];
    expect(guests.read(cookies)).toEqual(Array.from({ length: 16 }, (_, n) => id(19 - n)));
    expect(cookies[0]).toMatch(/^[\w.-]{40,400}$/);
  });

  it.each([
    ['nothing', ''],
    ['another server', new Guests('t'.repeat(64)).issue(id(1), [])],
    ['a forger', `${id(2)}.${guests.issue(id(1), []).split('.')[1] ?? ''}`],
    ['somebody who added to it', `${guests.issue(id(1), [])}.x`],
  ])('of %s names none', (_whom, cookie) => {
    expect(guests.read([cookie])).toEqual([]);
  });
});
