import { request } from 'node:http';

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
export function ask(
  base: string,
  target: string,
  { method, headers = {}, form, body: text }: Options = {},
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  const body = form ? new URLSearchParams(form).toString() : text;
  const type = form && { 'Content-Type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path: target,
        method: method ?? (form ? 'POST' : 'GET'),
        headers: { ...type, ...headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const received = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            raw: response.rawHeaders,
            body: received,
            json: () => JSON.parse(received) as Record<string, unknown>,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
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

/** The path for the image server that nginx is told, without what spells the state of the file. */
export function imagePathOf(answer: Answer): string {
  return String(answer.headers['x-image-path']).replace(/^\/iiif\/(\.?%252F)+/, '/iiif/');
}
