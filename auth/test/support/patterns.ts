import type { Answer } from './ask.ts';
import { cookieHeader } from './ask.ts';
import { posted, VIEWER } from './auth1.ts';
import { Vitrine, type VitrineOptions } from './vitrine.ts';

/** Addresses of clients; what nginx says of them stands in `X-Forwarded-For`. */
export const AT_THE_KIOSK = '10.1.2.3';
export const IN_THE_NETWORK = '10.2.0.9';
export const ELSEWHERE = '192.0.2.7';

export const TIER = 600;
const login = { who: 'users' };
const terms = { who: { gesture: 'agreement' } };
const kiosk = { who: { gesture: 'kiosk', networks: ['10.1.0.0/16', '2001:db8:1::/48'] } };
const network = { who: { networks: '10.2.0.0/16' } };
const tiered = { who: 'everyone', sees: TIER };

/** A folder of every pattern, and of every pattern with a tier. `plain` is named nowhere. */
const ACCESS = {
  open: 'everyone',
  login: 'users',
  terms: [terms],
  kiosk: [kiosk],
  network: [network],
  never: 'nobody',
  'login-tiered': [login, tiered],
  'terms-tiered': [terms, tiered],
  'kiosk-tiered': [kiosk, tiered],
  'network-tiered': [network, tiered],
  'never-tiered': [tiered],
} as const;

export type Folder = keyof typeof ACCESS | 'plain';
export const FOLDERS = [...Object.keys(ACCESS), 'plain'] as Folder[];
export const TIERED = FOLDERS.filter((folder) => folder.endsWith('-tiered'));

export const image = (folder: Folder): string => `${folder}!a.tif`;
export const tierOf = (folder: Folder): string => `${image(folder)}!!${TIER}`;

/** A service with these folders, an image in each: 6000 by 4000 pixels. */
function withPatterns(env: Record<string, string>): VitrineOptions {
  return {
    access: ACCESS,
    env,
    files: FOLDERS.map((folder) => `${folder}/a.tif`),
  };
}

export function startWithPatterns(env: Record<string, string> = {}): Promise<Vitrine> {
  return Vitrine.start(withPatterns(env));
}

/** The same for all tests of a file. */
export function patternsForTests(env: Record<string, string> = {}): Vitrine {
  return Vitrine.forTests(withPatterns(env));
}

/** What a request carries: where it comes from, and its cookies or its token. */
export type Carried = { readonly address?: string; readonly cookie?: string | undefined; readonly token?: string };

export function headersOf({ address = ELSEWHERE, cookie, token }: Carried = {}): Record<string, string> {
  return {
    'X-Forwarded-For': address,
    ...(cookie !== undefined && { cookie }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

/** The cookie of the visit after an access service was opened. */
export async function open(vitrine: Vitrine, path: string, carried: Carried = {}): Promise<string> {
  return cookieHeader(await vitrine.ask(path, { headers: headersOf(carried) }), 'vitrine_visit');
}

/** The cookie of a visitor who agreed in a browser, by the service of either version. */
export async function agree(vitrine: Vitrine, version: 1 | 2 = 2): Promise<string> {
  if (version === 1) return open(vitrine, '/auth/iiif-clickthrough');
  return cookieHeader(
    await vitrine.ask('/auth/iiif/2/agree', { method: 'POST', headers: headersOf() }),
    'vitrine_visit',
  );
}

export function enterKiosk(vitrine: Vitrine, address = AT_THE_KIOSK): Promise<string> {
  return open(vitrine, '/auth/iiif-kiosk', { address });
}

export const TOKEN_PATHS = { 1: '/auth/iiif-token', 2: '/auth/iiif/2/token' } as const;

/** What the token service of a version posts to a viewer, on another site if no origin is given. */
export async function askForToken(
  vitrine: Vitrine,
  version: 1 | 2,
  carried: Carried,
  origin = VIEWER,
): Promise<Record<string, unknown>> {
  const query = `messageId=1&origin=${encodeURIComponent(origin)}`;
  return posted(await vitrine.ask(`${TOKEN_PATHS[version]}?${query}`, { headers: headersOf(carried) })).message;
}

export async function tokenOf(
  vitrine: Vitrine,
  version: 1 | 2,
  carried: Carried,
  origin?: string,
): Promise<string | undefined> {
  return (await askForToken(vitrine, version, carried, origin))['accessToken'] as string | undefined;
}

/** The same after a browser that blocks cookies gave them back to the page in the frame, which asks once more. */
export async function cookielessToken(
  vitrine: Vitrine,
  carried: Carried,
  origin = VIEWER,
): Promise<string | undefined> {
  const headers = { ...headersOf(carried), 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' };
  const answer = await vitrine.ask(`${TOKEN_PATHS[2]}?messageId=1&origin=${origin}`, { headers });
  return answer.json()['accessToken'] as string | undefined;
}

export function askProbe(vitrine: Vitrine, identifier: string, carried: Carried = {}): Promise<Answer> {
  return vitrine.ask(`/auth/iiif/2/probe/${identifier}`, { headers: headersOf(carried) });
}

export async function probeStatus(vitrine: Vitrine, identifier: string, carried: Carried = {}): Promise<number> {
  return (await askProbe(vitrine, identifier, carried)).json()['status'] as number;
}

export function askInfo(vitrine: Vitrine, version: 2 | 3, identifier: string, carried: Carried = {}): Promise<Answer> {
  const base = version === 2 ? '/iiif/images/' : '/iiif/3/images/';
  return vitrine.ask(`${base}${identifier}/info.json`, { headers: headersOf(carried) });
}

/** What nginx hears about a small picture of an image. */
export function askTile(vitrine: Vitrine, identifier: string, carried: Carried = {}, rest = 'full/100,/0/default.jpg') {
  return vitrine.tile(`/iiif/images/${identifier}/${rest}`, headersOf(carried));
}
