import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrigin, scriptJson } from './tokenMessage.ts';

describe('parseOrigin', () => {
  it.each([
    ['https://viewer.example.net', 'https://viewer.example.net'],
    ['https://viewer.example.net/', 'https://viewer.example.net'],
    ['https://viewer.example.net:443', 'https://viewer.example.net'],
    ['HTTP://Viewer.Example.net:8080/a/path', 'http://viewer.example.net:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://my_viewer:3000', 'http://my_viewer:3000'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %s for %s (row 28)', (text, origin) => {
    expect(parseOrigin(text)).toEqual({ ok: true, value: origin });
  });

  it.each([
    [''],
    ['*'],
    ['/'],
    ['null'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['ftp://a.example'],
    ['https:'],
    ['https://'],
    ['//viewer.example.net'],
    ['viewer.example.net'],
    ['https://ok.example@evil.example'],
    ['https://a b'],
    ['https://a\\b'],
    ['https://a.example"'],
    ["https://a.example'"],
    ['https://{a}.example'],
    ['https://a`b.example'],
    ['https://a;b.example'],
    ['https://*.example'],
    ['https://'.padEnd(301, 'a')],
    [' https://viewer.example.net'],
    ['blob:https://viewer.example.net/x'],
  ])('refuses %j (row 29)', (text) => {
    expect(parseOrigin(text).ok).toBe(false);
  });
});

describe('scriptJson', () => {
  it('is read back by a script engine as it was, whatever the text, and ends no script element (row 30)', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</script><script>alert(1)</script>', '<!--', '\u2028', '"\\'),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        const written = scriptJson({ messageId: text });
        expect(written).not.toMatch(/[<>&\u2028\u2029]/);
        expect(runInNewContext(`(${written}).messageId`)).toBe(text);
      }),
    );
  });
});
