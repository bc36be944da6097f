import { bad, good, type Parsed } from '../shared/result.ts';

/** What stands between the parts of a path in an identifier, as in digilib. */
const SEPARATOR = '!';

/**
 * Characters that no part may hold: those that are taken for a separator (`!`, `/`, `\`; on some ways of a request the
 * last one is turned into the second), and control characters. U+FFFD is what Node reads where a name is not UTF-8; no
 * file is found by it. Image servers never see a name.
 */
const UNSAFE = /[!/\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;
/** Characters as they are sent, three for a byte that is not ASCII: a part of 8 kB of request line. */
const LONGEST = 4000;

/** Whether a file or folder of this name can be part of an identifier; the others are not served. */
export function isSafeName(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !UNSAFE.test(name) && name.isWellFormed();
}

/**
 * Reads an identifier as it stands in a request line: percent-encoded, once. `!` and `%2F` separate the parts.
 * Answers the parts of the path below `IMAGE_DIR`; `bad` for anything that is not exactly one way to one file.
 */
export function parseIdentifier(raw: string): Parsed<readonly string[]> {
  if (raw.length > LONGEST) return bad('The identifier is too long.');
  const text = decodeOnce(raw);
  if (text === undefined) return bad('The identifier is not percent-encoded UTF-8.');
  const parts = text.split(/[!/]/);
  const wrong = parts.find((part) => !isSafeName(part));
  if (wrong === undefined) return good(parts);
  if (wrong === '') return bad('The identifier has an empty part.');
  if (wrong.startsWith('.')) return bad('No part of an identifier begins with a dot.');
  return bad('The identifier holds a character that no file name served here has: \\ or a control character.');
}

/** Writes the parts of a path as an identifier that may stand in an address. */
export function formatIdentifier(path: readonly string[]): string {
  return path.map((part) => encodeURIComponent(part)).join(SEPARATOR);
}

/** Percent-decodes once; `undefined` where that is not possible. */
export function decodeOnce(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}
