import { bad, good, type Parsed } from '../../shared/result.ts';

/** Authentication API 1.0, section 2.2.6. */
export type TokenError =
  'invalidRequest' | 'missingCredentials' | 'invalidCredentials' | 'invalidOrigin' | 'unavailable';

/** Section 2.2.3 (`expiresIn` in seconds), or 2.2.6. */
export type TokenAnswer =
  | { readonly accessToken: string; readonly expiresIn: number }
  | { readonly error: TokenError; readonly description: string };

const LONGEST_ORIGIN = 300;
/** A name as DNS has it, in ASCII as it is parsed, or an address. URLs would take quotation marks and braces too. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

/**
 * The origin that a client named, in the one spelling that browsers compare: scheme, host and port. `bad` for anything
 * else: `*`, `null`, another scheme, a name and password in it, something else than a host, text of unusual length.
 */
export function parseOrigin(text: string): Parsed<string> {
  const refused = bad('The origin is not the address of a web site: https://viewer.example.org');
  if (text.length > LONGEST_ORIGIN || !/^https?:\/\/[^\s@\\]+$/i.test(text)) return refused;
  if (!URL.canParse(text)) return refused;
  const url = new URL(text);
  return HOST.test(url.hostname) ? good(url.origin) : refused;
}

/** HTTP status of an answer without `messageId`: a plain client reads it from there (section 2.2.6). */
export function statusOfTokenError(error: TokenError): 400 | 401 | 503 {
  switch (error) {
    case 'invalidRequest':
    case 'invalidOrigin':
      return 400;
    case 'missingCredentials':
    case 'invalidCredentials':
      return 401;
    case 'unavailable':
      return 503;
  }
}

/**
 * `value` as JSON that may stand inside a script element: no character in it can end the element, begin a comment or
 * end a line.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
