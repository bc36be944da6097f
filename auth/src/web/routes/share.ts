import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { imageAddress, LOGOUT_PATH, manifestAddress } from '../../iiif/addresses.ts';
import type { Catalogue } from '../../images/catalogue/catalogue.ts';
import type { AuditTrail } from '../../observability/audit.ts';
import type { Cookies } from '../../sessions/cookies.ts';
import type { Visits } from '../../sessions/visits.ts';
import type { Clock } from '../../shared/clock.ts';
import { GUEST_LIFETIME, type Guests } from '../../shares/guests.ts';
import type { Share } from '../../shares/share.ts';
import { nameOf, placeOf, SHARE_PATH, type Opened, type Shares } from '../../shares/shares.ts';
import { pageHeaders, sendPage } from '../pages.ts';
import { languageOf, speechOf } from '../texts/speech.ts';
import { setCookies } from '../setCookies.ts';
import { Field, formSteps } from './account/forms.ts';

type Parts = {
  readonly shares: Shares;
  readonly guests: Guests;
  readonly visits: Visits;
  readonly cookies: Cookies;
  readonly catalogue: Pick<Catalogue, 'find' | 'folder'>;
  readonly audit: AuditTrail;
  readonly now: Clock;
};
type Settings = { readonly publicUrl: string; readonly institution: string };

/** Why nothing is opened; the last: what the link is for is not there. */
type Closed = Exclude<Opened['kind'], 'open'> | 'gone';

const CLOSED: Readonly<Record<Closed, { readonly status: number; readonly heading: string }>> = {
  over: { status: 410, heading: 'This link is over' },
  full: { status: 403, heading: 'This link is used up' },
  gone: { status: 404, heading: 'There is nothing here now' },
};
const Form = z.object({ secret: Field });
const AS_DATE = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const;
/** By the language of the page. */
const DATES = {
  en: new Intl.DateTimeFormat('en-GB', AS_DATE),
  de: new Intl.DateTimeFormat('de-DE', AS_DATE),
} as const;

/**
 * Where share links lead. The secret stands behind the # of the link, and a person sends it by a button: what only loads
 * links (previews, prefetchers, filters of mails) is not counted as one of the people that a link is for.
 */
export function shareSteps(parts: Parts, { publicUrl, institution }: Settings) {
  const { shares, guests, visits, cookies, catalogue, audit, now } = parts;
  const headers = pageHeaders();

  const show: RequestHandler = (_request, response) =>
    sendPage(response, 200, 'share', { institution, action: SHARE_PATH });

  async function open(request: Request, response: Response): Promise<void> {
    const { secret } = Form.parse(request.body ?? {});
    const carried = cookies.guestsIn(request.headers.cookie);
    const known = guests.read(carried);
    const isGuest = ({ id }: Share): boolean => known.includes(id);
    const looked = await shares.look(secret, isGuest);
    if (looked.kind !== 'open') {
      await close(response, looked.kind);
      return;
    }
    const { share } = looked;
    // Before anybody is counted: an address that leads nowhere is no use to them.
    const addresses = await addressesOf(share);
    if (addresses.length === 0) {
      await close(response, 'gone');
      return;
    }
    const event = { at: now(), actor: 'guest', target: nameOf(share), address: request.ip ?? '' };
    // Who comes again is not recorded: whoever has a link could fill the trail with it.
    if (!isGuest(share)) await audit.record({ ...event, action: 'share.use' });
    const opened = await shares.use(secret, isGuest);
    if (opened.kind !== 'open') {
      await audit.record({ ...event, action: 'refused' });
      await close(response, opened.kind);
      return;
    }
    const visit = await visits.take({ share: share.id }, cookies.in(request.headers.cookie).visit.secrets);
    setCookies(response, cookies, 'visit', visit.cookie, visit.seconds);
    setCookies(response, cookies, 'guest', guests.issue(share.id, carried), GUEST_LIFETIME);
    const language = languageOf(response);
    const all = speechOf(language).say('all pictures of {institution}', { institution });
    await sendPage(response, 200, 'shared', {
      place: share.folder === '.' ? all : share.folder,
      pixels: share.pixels === Infinity ? '' : String(share.pixels),
      until: DATES[language].format(share.expiresAt),
      addresses,
      logoutPath: LOGOUT_PATH,
    });
  }

  /** What a viewer is given, of either version; nothing where there is nothing any more. */
  async function addressesOf(share: Share): Promise<readonly string[]> {
    const path = placeOf(share);
    if (await catalogue.folder(path)) return [manifestAddress(publicUrl, 3, path), manifestAddress(publicUrl, 2, path)];
    if ((await catalogue.find(path)).kind !== 'file') return [];
    return [imageAddress(publicUrl, 3, path), imageAddress(publicUrl, 2, path)].map((one) => `${one}/info.json`);
  }

  function close(response: Response, kind: Closed): Promise<void> {
    const { status, heading } = CLOSED[kind];
    return sendPage(response, status, 'share-closed', { institution, kind, heading });
  }

  return { show: [headers, show], open: [headers, ...formSteps(publicUrl), open] };
}
