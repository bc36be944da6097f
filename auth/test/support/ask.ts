import { ask as askAt } from '../../../test-support/ask.mjs';
import { withNames } from './pyramids.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Header names and values as they came, for those that must come once. */
  readonly raw: readonly string[];
  readonly body: string;
  readonly json: () => Record<string, unknown>;
};

type Options = { method?: string; headers?: Record<string, string>; form?: Record<string, string>; body?: string };

/** One request, with its target sent as it is: nothing normalised, no redirect followed, no cookie kept. */
export async function ask(
  base: string,
  target: string,
  { method, headers = {}, form, body: text }: Options = {},
): Promise<Answer> {
  const body = form ? new URLSearchParams(form).toString() : text;
  const type = form && { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await askAt(base, target, {
    method: method ?? (form ? 'POST' : 'GET'),
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    raw: answer.rawHeaders,
    body: answer.text,
    json: () => JSON.parse(answer.text) as Record<string, unknown>,
  };
}

/** The cookies that an answer sets, as their whole lines, by name. */
export function setCookies(answer: Answer): Map<string, string> {
  const lines = answer.headers['set-cookie'] ?? [];
  return new Map([lines].flat().map((line) => [line.slice(0, line.indexOf('=')), line]));
}

/** What a browser would send back of them. */
export function cookieHeader(answer: Answer, ...names: string[]): string {
  return [...setCookies(answer)]
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([, line]) => line.slice(0, line.indexOf(';')))
    .join('; ');
}

/** How often a header came. */
export function countHeader(answer: Answer, name: string): number {
  return answer.raw.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name.toLowerCase()).length;
}

/** The path that nginx is told, with the name of the file in it instead of where its pyramid lies. */
export function imagePathOf(answer: Answer): string {
  return withNames(String(answer.headers['x-image-path']));
}
