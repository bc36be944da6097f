import { describe, expect, it } from 'vitest';
import { texts } from './texts.ts';

describe('TEXTS', () => {
  it('holds texts by name and language', () => {
    const given = { loginNote: { en: 'Ask at the desk.', 'de-CH': 'Fragen Sie.' } };
    expect(texts.kind.parse(JSON.stringify(given))).toEqual(given);
    expect(texts.kind.parse('{}')).toEqual({});
  });

  it.each([
    '',
    'x',
    '[]',
    '{"loginNote": "text"}',
    '{"loginNote": {"English": "text"}}',
    '{"login note": {"en": "x"}}',
    '{"loginNote": {"en": ""}}',
  ])('refuses %s, and says what it should be', (wrong) => {
    const parsed = texts.kind.safeParse(wrong);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toContain('Give JSON');
  });
});
