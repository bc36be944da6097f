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

export const port = integer(1, 65_535);

export const flag = choice('true', 'false')
  .transform((word) => word === 'true')
  .describe('`true` or `false`');

export const label = checked('a name of 1 to 120 characters on one line', (text) => /^[^\p{Cc}]{1,120}$/u.test(text));

export const ipAddress = checked('an IP address of this computer', (text) => isIP(text) !== 0);

/** E-mail addresses; also `name@localhost`, which the default administrator has. */
export const email = checked(
  'an e-mail address',
  (text) => z.email().safeParse(text).success || /^[\w.+-]+@localhost$/.test(text),
);

/** What nginx takes for a size, with a unit, because nobody means bytes. */
export const cacheSize = checked('a number followed by `m` (megabytes) or `g` (gigabytes)', (text) =>
  /^[1-9]\d{0,4}[mg]$/i.test(text),
);

function hostNameProblem(text: string): string | undefined {
  if (text.includes('://')) return 'Write the name only; http or https goes into VIRTUAL_HOST_PROTO.';
  if (/[\s,]/.test(text)) return 'Write one name only, without spaces or commas.';
  if (text.includes('/')) return 'Write the name only, without a slash or path.';
  if (text.includes(':')) return 'Write the name only; the port goes into HTTP_PORT or HTTPS_PORT.';
  const wellFormed = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i.test(text) && text.length <= 253;
  // The URL parser rewrites what only looks like a name: "1.2.3" becomes "1.2.0.3".
  if (wellFormed && URL.parse(`http://${text}`)?.hostname === text.toLowerCase()) return undefined;
  return 'Write a host name of letters, digits, dots and hyphens (names in other scripts in their xn-- form).';
}

export const hostName = z
  .string()
  .superRefine((text, context) => {
    const problem = hostNameProblem(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .toLowerCase()
  .describe('one host name');

/** @returns the origin, or undefined if the text is more or less than an http(s) origin */
function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  const bare = url?.pathname === '/' && !/[?#@*]/.test(text) && /^https?:$/.test(url.protocol);
  return bare ? url.origin : undefined;
}

function splitList(text: string): string[] {
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
