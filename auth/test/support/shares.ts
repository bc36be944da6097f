import { cookieHeader, type Answer } from './ask.ts';
import type { Vitrine } from './vitrine.ts';

export const HOUR = 3_600_000;
/** A folder that nobody sees, one for all, and one of which all see a smaller picture; the rest is for users. */
export const SHARED = {
  files: ['atlas/page1.tif', 'atlas/page2.tif', 'closed/page1.tif', 'letters/page1.tif', 'open/page1.tif'],
  access: {
    closed: 'nobody',
    open: 'everyone',
    letters: [{ who: 'users' }, { who: 'everyone', sees: 700 }],
    terms: [{ who: { gesture: 'agreement' } }],
  },
  env: { PROTECT_MANIFESTS: 'true' },
};

type Headers = Record<string, string>;

/** What people do with share links. */
export function sharing(vitrine: Vitrine) {
  async function make({ folder = 'closed', pixels = Infinity, people = 3, hours = 1 } = {}) {
    const expiresAt = new Date(Date.now() + vitrine.ahead + hours * HOUR);
    return vitrine.shares.add({ name: `seminar <${folder}>`, folder, pixels, people, expiresAt });
  }
  const open = (secret: string, headers: Headers = {}): Promise<Answer> =>
    vitrine.ask('/auth/share', { form: { secret }, headers });
  /** The cookies of a browser that opened a new link. */
  async function guestOf(given: Parameters<typeof make>[0] = {}) {
    const { share, secret } = await make(given);
    return { share, secret, cookie: cookieHeader(await open(secret)) };
  }
  const used = async (id: string) => (await vitrine.shares.find(id)).used;
  const tile = (folder: string, headers: Headers = {}, tier = ''): Promise<Answer> =>
    vitrine.tile(`/iiif/images/${folder}!page1.tif${tier}/full/300,/0/default.jpg`, headers);
  const info = (folder: string, headers: Headers, tier = ''): Promise<Answer> =>
    vitrine.ask(`/iiif/images/${folder}!page1.tif${tier}/info.json`, { headers });
  async function probe(folder: string, token: string | undefined) {
    const headers = { authorization: `Bearer ${token}` };
    return (await vitrine.ask(`/auth/iiif/2/probe/${folder}!page1.tif`, { headers })).json();
  }
  return { make, open, guestOf, used, tile, info, probe };
}

export const heading = ({ status, body }: Answer) => [status, /<h1>(.*?)<\/h1>/.exec(body)?.[1]];
export const OPEN = [200, 'The pictures are open'];
export const OVER = [410, 'This link is over'];
export const FULL = [403, 'This link is used up'];
