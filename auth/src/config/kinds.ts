import { isIP } from 'node:net';
import { z } from 'zod';

/*
 * The kinds of values a variable can have. Each reads the text of the variable; its description is the phrase that
 * documents it ("a whole number from 1 to 100"), its messages are full sentences that say what to do.
 */

/** Without the marks of Markdown, for messages. */
function plain(form: string): string {
  return form.replaceAll('`', '');
}

function checked(form: string, isRight: (text: string) => boolean) {
  return z
    .string()
    .refine(isRight, { error: `Give ${plain(form)}.` })
    .describe(form);
}

/** @returns a kind for whole numbers between two bounds, both included */
export function integer(from: number, to: number) {
  const form = `a whole number from ${from} to ${to}`;
  return checked(form, (text) => /^\d{1,15}$/.test(text) && Number(text) >= from && Number(text) <= to)
    .transform(Number)
    .describe(form);
}

/** @returns a kind for one of some words */
export function choice<const Words extends readonly string[]>(...words: Words) {
  const form = `\`${words.join('`, `')}\``.replace(/, (?=[^,]*$)/, ' or ');
  return z.enum(words, { error: `Write ${plain(form)}.` }).describe(form);
}

/** Of a header, so nothing that could end it. */
export const robotsTag = checked('words and commas, such as `noindex, noimageai`', (text) =>
  /^[A-Za-z][\w: ,-]{0,199}$/.test(text),
);

export const port = integer(1, 65_535);

export const flag = choice('true', 'false')
  .transform((word) => word === 'true')
  .describe('`true` or `false`');

export const label = checked('a name of 1 to 120 characters on one line', (text) => /^[^\p{Cc}]{1,120}$/u.test(text));

export const ipAddress = checked('an IP address of this computer', (text) => isIP(text) !== 0);

/** Of an account, so with all letters that accounts may have; also `name@localhost`, which the default administrator has. */
export const email = checked('an e-mail address', (text) =>
  /^[^\s\p{Cc}@<>",;:()[\]\\]{1,64}@(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)$/iu.test(text),
);

export const mailbox = checked(
  'an e-mail address of the internet, such as `webmaster@example.org`',
  (text) => z.email().safeParse(text).success,
);

/** What nginx takes for a size, with a unit, because nobody means bytes. */
export const cacheSize = checked('a number followed by `m` (megabytes) or `g` (gigabytes)', (text) =>
  /^[1-9]\d{0,4}[mg]$/i.test(text),
);

/** Also nothing at all; pyramids/src/config reads it. */
export const pyramidsSize = checked('`0`, or a number followed by `m` (megabytes) or `g` (gigabytes)', (text) =>
  /^(?:0|[1-9]\d{0,4}[mg])$/i.test(text),
);

/** @returns the origin, or undefined if the text is more or less than an http(s) origin */
function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  const bare = url?.pathname === '/' && !/[?#@*]/.test(text) && /^https?:$/.test(url.protocol);
  return bare ? url.origin : undefined;
}

/** @returns the parts of a list with commas, none of them empty */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const originsForm = 'origins (`https://` and a host, no path, no `*`), separated by commas';

export const origins = checked(originsForm, (text) => splitList(text).every((part) => originOf(part) !== undefined))
  .transform((text) => splitList(text).flatMap((part) => originOf(part) ?? []))
  .describe(originsForm);

const httpOriginForm = '`http://` or `https://`, a host and a port, no path';

export const httpOrigin = checked(httpOriginForm, (text) => originOf(text) !== undefined)
  .transform((text) => originOf(text) ?? text)
  .describe(httpOriginForm);

/** An address of a document, with nothing in it that somebody could have meant as a password or a parameter. */
export const httpsAddress = checked(
  'an address with `https://`, a host and a path; no user, no `?`, no `#`',
  (text) => {
    const url = URL.parse(text);
    return url?.protocol === 'https:' && url.pathname !== '/' && /^https:\/\/[\w.:[\]-]+\/[\w.~%/-]+$/i.test(text);
  },
);
