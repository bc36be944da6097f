import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Seconds. As long as browsers keep a cookie. */
export const GUEST_LIFETIME = 400 * 24 * 60 * 60;

const IDS = /^(?:[0-9a-f]{16}){1,16}$/;
/** Links that one cookie remembers; of more, the one that was opened first is forgotten, and would count its guest again. */
const MOST = 16;

/**
 * Makes and reads guest cookies: they say which share links somebody was counted for in this browser. They open nothing:
 * whoever comes again needs the link, too, and is let in without being counted once more.
 */
export class Guests {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'vitrine guest cookie', 32));
  }

  /** The cookie of somebody who was counted for a share link of this id, beside those that these cookies name. */
  issue(id: string, cookies: readonly string[]): string {
    const ids = [id, ...this.read(cookies).filter((other) => other !== id)].slice(0, MOST).join('');
    return `${ids}.${this.#mac(ids)}`;
  }

  /** Ids of the share links that these cookies name; the one that was opened last comes first. */
  read(cookies: readonly string[]): readonly string[] {
    return cookies.flatMap((cookie) => {
      const [ids = '', mac = '', ...rest] = cookie.split('.');
      const [given, expected] = [Buffer.from(mac), Buffer.from(this.#mac(ids))];
      const isOurs = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
      return isOurs && IDS.test(ids) ? (ids.match(/.{16}/g) ?? []) : [];
    });
  }

  #mac(ids: string): string {
    return createHmac('sha256', this.#key).update(ids).digest('base64url');
  }
}
