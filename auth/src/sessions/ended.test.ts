import { expect, it } from 'vitest';
import { Ended } from './ended.ts';

it('what could not be written is over all the same, and is written when it can be', async () => {
  const rows = new Set(['a', 'b']);
  let full = true;
  const ended = new Ended((id) => {
    if (full) return Promise.reject(new Error('full'));
    rows.delete(id);
    return Promise.resolve();
  });
  await expect(ended.end('a')).rejects.toThrow('full');
  expect([ended.has('a'), ended.has('b')]).toEqual([true, false]);
  await expect(ended.writeAll()).rejects.toThrow('full');
  expect(ended.has('a')).toBe(true);
  full = false;
  await ended.writeAll();
  expect([...rows]).toEqual(['b']);
  expect(ended.has('a')).toBe(false);
});
