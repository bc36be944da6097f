import { parseAll } from './cookieHeader.ts';
import { looksLikeSecret } from './secrets.ts';

/**
 * `access` opens images and descriptions, and goes along with tiles that a viewer of another site shows; `visit` is the
 * same for visitors who have no login but agreed, stand in a kiosk or opened a share link; `account` opens the account pages and the admin panel, and
 * no other site can make a browser send it; `device` opens nothing, and says at a login that there has been one before; `guest` opens nothing
 * either, and says of share links that they were opened in this browser before.
 */
export type CookieKind = 'access' | 'visit' | 'account' | 'device' | 'guest';

/** The kinds of which every cookie is tried. */
type TriedKind = Exclude<CookieKind, 'account'>;

export type CookieOptions = {
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'none' | 'lax' | 'strict';
  readonly path: string;
};

/** A name that a secret is set under, and how. */
export type CookieForm = { readonly name: string; readonly options: CookieOptions };

/** The cookies of one kind in a request. */
export type Carried = {
  /** What may be a secret of ours, in the order in which it came, no value twice and not many. */
  readonly secrets: readonly string[];
  /** Whether there was any, of whatever value. */
  readonly present: boolean;
};

/**
 * How many different secrets of one kind are looked up for one request. Where there is no https, a neighbour on the same
 * host name or above it can set cookies of our names; the reader's own is still found behind a few of those.
 */
const MOST = 5;

/** Of a cookie that says something and is signed. */
const looksSigned = (value: string): boolean => /^[\w.-]{40,400}$/.test(value);
/** Whether a value is worth a look. */
const MAY_BE: Readonly<Record<TriedKind, (value: string) => boolean>> = {
  access: looksLikeSecret,
  visit: looksSigned,
  device: looksSigned,
  guest: looksSigned,
};

/**
 * What our cookies are called and how they are set. It depends on what browsers keep:
 *
 * - on https, names with `__Host-`, which nobody but this very host can set, and no neighbour on a domain above it;
 * - on plain http of this machine, `SameSite=None; Secure` for frames of other sites, and beside it one that is `Lax` and
 *   not `Secure`, because WebKit (Safari) keeps no `Secure` cookie from plain http;
 * - on plain http elsewhere `Lax` only: viewers of other sites cannot work there, and those of this site can.
 *
 * Never `Partitioned`: the login tab is another partition than the viewer's page.
 */
export class Cookies {
  readonly #forms: Readonly<Record<CookieKind, readonly CookieForm[]>>;
  /** Seconds. */
  readonly lifetime: number;

  /** `secure`: whether browsers keep `Secure` cookies, all but WebKit on plain http. `lifetime` in seconds. */
  constructor({ https, secure, lifetime }: { https: boolean; secure: boolean; lifetime: number }) {
    this.lifetime = lifetime;
    const prefix = https ? '__Host-' : '';
    const opening = (name: string): CookieForm[] => [
      ...(secure ? [form(`${prefix}${name}`, { secure: true, sameSite: 'none' })] : []),
      ...(https ? [] : [form(secure ? `${name}_lax` : name, { secure: false, sameSite: 'lax' })]),
    ];
    // A cookie with `__Host-` counts for all paths; without it, each of these is for its own pages.
    const ofThisSite = (name: string, path: string): CookieForm[] => [
      form(`${prefix}${name}`, { secure: https, sameSite: 'strict', path: https ? '/' : path }),
    ];
    this.#forms = {
      access: opening('vitrine_access'),
      visit: opening('vitrine_visit'),
      account: ofThisSite('vitrine_account', '/auth'),
      device: ofThisSite('vitrine_device', '/auth/iiif-login'),
      guest: ofThisSite('vitrine_guest', '/auth/share'),
    };
  }

  /** Every name that a secret of this kind is set under. */
  forms(kind: CookieKind): readonly CookieForm[] {
    return this.#forms[kind];
  }

  /** The one of the account, which express-session sets. */
  get account(): CookieForm {
    const [only] = this.#forms.account;
    if (!only) throw new Error('The account has no cookie.');
    return only;
  }

  /** What a `Cookie` header carries of the kinds that open images. */
  in(header: string | undefined): { readonly access: Carried; readonly visit: Carried } {
    const all = parseAll(header);
    return { access: this.#carried('access', all), visit: this.#carried('visit', all) };
  }

  /** What it carries of device cookies, for whatever account. */
  devicesIn(header: string | undefined): readonly string[] {
    return this.#carried('device', parseAll(header)).secrets;
  }

  /** What it carries of cookies of those who opened share links before. */
  guestsIn(header: string | undefined): readonly string[] {
    return this.#carried('guest', parseAll(header)).secrets;
  }

  /** Whether it carries one that no other site can make a browser send (the account's, whatever its value). */
  isOfThisSite(header: string | undefined): boolean {
    return parseAll(header).some(([name]) => name === this.account.name);
  }

  #carried(kind: TriedKind, all: readonly (readonly [string, string])[]): Carried {
    const values = this.#forms[kind].flatMap(({ name }) =>
      all.filter(([one]) => one === name).map(([, value]) => value),
    );
    return { secrets: [...new Set(values.filter(MAY_BE[kind]))].slice(0, MOST), present: values.length > 0 };
  }
}

function form(name: string, options: Pick<CookieOptions, 'secure' | 'sameSite'> & { path?: string }): CookieForm {
  return { name, options: { httpOnly: true, path: '/', ...options } };
}
