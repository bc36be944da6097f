import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { normaliseEmail } from './checks.ts';
import type { Clock } from '../shared/clock.ts';

/** Seconds. As long as browsers keep a cookie; each login starts it again. */
export const DEVICE_LIFETIME = 400 * 24 * 60 * 60;

/**
 * Makes and reads device cookies (OWASP): they say that somebody has logged in to this account from this browser before,
 * and open nothing. What they are good for, and why they outlive a new password: docs/decisions/0028-device-cookies.md.
 */
export class Devices {
  readonly #key: Buffer;
  readonly #now: Clock;

  constructor(secret: string, now: Clock) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'vitrine device cookie', 32));
    this.#now = now;
  }

  /** The cookie of a device for an account; of `device` where it is one already. */
  issue(email: string, device: string = randomBytes(16).toString('base64url')): string {
    const end = Math.floor(this.#now().getTime() / 1000) + DEVICE_LIFETIME;
    const claims = `${device}.${end.toString(36)}`;
    return `${claims}.${this.#mac(claims, email)}`;
  }

  /** The device that one of these cookies names for this very account, now; `undefined` where none does. */
  read(cookies: readonly string[], email: string): string | undefined {
    return cookies.map((cookie) => this.#read(cookie, email)).find((device) => device !== undefined);
  }

  #read(cookie: string, email: string): string | undefined {
    const [device = '', end = '', mac = '', ...rest] = cookie.split('.');
    const [given, expected] = [Buffer.from(mac), Buffer.from(this.#mac(`${device}.${end}`, email))];
    if (rest.length > 0 || given.length !== expected.length) return undefined;
    if (!timingSafeEqual(given, expected)) return undefined;
    return Number.parseInt(end, 36) * 1000 > this.#now().getTime() ? device : undefined;
  }

  /** The account is in it and not beside it: the cookie names nobody. */
  #mac(claims: string, email: string): string {
    return createHmac('sha256', this.#key)
      .update(`${claims}\n${normaliseEmail(email)}`)
      .digest('base64url');
  }
}
