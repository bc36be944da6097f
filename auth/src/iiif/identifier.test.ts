import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIdentifier, isSafeName, parseIdentifier } from './identifier.ts';

describe('parseIdentifier', () => {
  it.each([
    ['page1.tif', ['page1.tif']],
    ['mydir!mysubdir!page1.tif', ['mydir', 'mysubdir', 'page1.tif']],
    ['mydir%2Fmysubdir%2fpage1', ['mydir', 'mysubdir', 'page1']],
    ['mydir%21page1.tif', ['mydir', 'page1.tif']],
    ['Fotos%20K%C3%B6ln!a%20b.jp2', ['Fotos Köln', 'a b.jp2']],
    ["o'neill!(1),~_-.tif", ["o'neill", '(1),~_-.tif']],
    ['100%25!a+b%3Fc%23d;e&f.tif', ['100%', 'a+b?c#d;e&f.tif']],
    ['a%252Fb%2521', ['a%2Fb%21']],
  ])('reads %s', (raw, path) => {
    expect(parseIdentifier(raw)).toEqual({ ok: true, value: path });
  });

  it.each([
    [''],
    ['..'],
    ['a!..!b'],
    ['%2e%2e%2fb'],
    ['.hidden!a.tif'],
    ['a!.hidden'],
    ['a!!b'],
    ['!a'],
    ['a!'],
    ['a%00b'],
    ['a%0d%0ab'],
    ['a\\b'],
    ['a%5Cb'],
    ['a%zz'],
    ['a%C0%AFb'],
    ['a%E2%80%A8b'],
    ['a%EF%BF%BDb'],
    ['x'.repeat(4001)],
  ])('refuses %j', (raw) => {
    expect(parseIdentifier(raw).ok).toBe(false);
  });

  it('reads back what formatIdentifier wrote, whatever the names', () => {
    const name = fc.string({ unit: 'binary', maxLength: 40 }).filter(isSafeName);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (path) => {
        const raw = formatIdentifier(path);
        fc.pre(raw.length <= 4000);
        expect(raw).toMatch(/^[\w.~!*'()%-]+$/);
        expect(parseIdentifier(raw)).toEqual({ ok: true, value: path });
      }),
    );
  });

  it('never throws and never lets a separator or a dot-name through', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (raw) => {
        const parsed = parseIdentifier(raw);
        if (parsed.ok) for (const part of parsed.value) expect(part).toMatch(/^[^./\\!][^/\\!]*$/);
      }),
    );
  });
});
