import { ask, type Answer } from './ask.ts';

export const INFO = '/iiif/images/atlas!page1.tif/info.json';
export const TILE = '/iiif/images/atlas!page1.tif/0,0,512,512/512,/0/default.jpg';
/** A viewer on another site. */
export const VIEWER = 'https://viewer.example.net';

export type Service = Record<string, unknown> & { service: Record<string, unknown>[] };

export function loginServiceOf(answer: Answer): Service {
  const [service] = answer.json()['service'] as Service[];
  if (!service) throw new Error('The document has no service.');
  return service;
}

/** What the page of the token service would do: the message, and the origin it is posted to (`null`: to nobody). */
export function posted(answer: Answer): { message: Record<string, unknown>; origin: string | null } {
  const read = (name: string): unknown =>
    JSON.parse(new RegExp(`const ${name} = (.*);`).exec(answer.body)?.[1] ?? 'undefined');
  return { message: read('message') as Record<string, unknown>, origin: read('origin') as string | null };
}

/** Asks the token service, as a frame with a messageId or as a client without. */
export function askToken(base: string, query: string, cookie?: string): Promise<Answer> {
  return ask(base, `/auth/iiif-token?${query}`, cookie === undefined ? {} : { headers: { cookie } });
}

/** The token that a viewer would be posted. */
export async function tokenFor(base: string, cookie: string, origin = VIEWER): Promise<string> {
  const answer = await askToken(base, `messageId=1&origin=${encodeURIComponent(origin)}`, cookie);
  return posted(answer).message['accessToken'] as string;
}
