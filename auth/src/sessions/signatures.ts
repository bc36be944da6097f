import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';

/** For whom a path was signed: a login, a visit or, with neither, a place. */
export type Signer = { readonly sessionId: string | undefined; readonly visitId: string | undefined };

/** What a signature says: for whom, and until when. */
type SignedFor = Signer & { readonly endsAt: Date };

/** Seconds. Minutes are enough to look around in an image; a viewer that stays longer asks the probe again. */
const LIFETIME = 10 * 60;

/**
 * Signs paths for browsers that send no cookie with an image. A signature opens one image, for minutes, while the login
 * or visit it was made for lasts. What a leaked one opens: docs/decisions/0014-signed-paths.md.
 */
export class Signatures {
  readonly #key: Buffer;
  readonly #now: Clock;

  constructor(secret: string, now: Clock) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'vitrine signed path', 32));
    this.#now = now;
  }

  /** For the image of this path (its parts below IMAGE_DIR); characters that may stand in an address. */
  sign({ sessionId = '', visitId = '' }: Signer, path: readonly string[]): string {
    const end = Math.floor(this.#now().getTime() / 1000) + LIFETIME;
    const claims = `${end.toString(36)}.${sessionId}.${visitId}`;
    return `${claims}.${this.#mac(claims, path)}`;
  }

  /** For whom it was signed, or `undefined` for anything that is not a signature of this image in force now. */
  read(signature: string, path: readonly string[]): SignedFor | undefined {
    const [end = '', sessionId = '', visitId = '', mac = '', ...rest] = signature.split('.');
    const expected = this.#mac(`${end}.${sessionId}.${visitId}`, path);
    if (rest.length > 0 || mac.length !== expected.length) return undefined;
    if (!timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) return undefined;
    const endsAt = new Date(Number.parseInt(end, 36) * 1000);
    if (!(endsAt > this.#now())) return undefined;
    return { sessionId: sessionId || undefined, visitId: visitId || undefined, endsAt };
  }

  #mac(claims: string, path: readonly string[]): string {
    return createHmac('sha256', this.#key)
      .update(`${claims}\n${path.join('/')}`)
      .digest('base64url')
      .slice(0, 32);
  }
}
