import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { newSecret } from './secrets.ts';
import type { Clock } from '../shared/clock.ts';

/** Which token service gave it: what one gave opens nothing of the other's. */
export type TokenKind = 'iiif-auth-1' | 'iiif-auth-2';

/** What a token says. Nothing personal: the session is looked up, and may be over. */
export type TokenClaims = {
  readonly kind: TokenKind;
  /** The login and the visit that it stands for; with neither it says no more than from where somebody asks. */
  readonly sessionId: string | undefined;
  readonly visitId: string | undefined;
  /** Origin it was posted to; empty for a client that asked for JSON. */
  readonly origin: string;
  /** Whether it was given to a browser that sends no cookies with images. */
  readonly cookieless: boolean;
  /** Whether it opens images as well as descriptions. Never where a script of another site can read it. */
  readonly opensImages: boolean;
};

/** Of a token that was read: the claims, and when it is over. */
export type ReadToken = TokenClaims & { readonly endsAt: Date };

/** `expiresIn` in seconds. */
export type IssuedToken = { readonly token: string; readonly expiresIn: number };

const ALGORITHM = 'HS256';
/** Longer than any token of ours; what is longer is not worth a look. */
const LONGEST = 2000;

/** Makes and reads access tokens: JWT, HS256, with a key that is used for nothing else. */
export class Tokens {
  readonly #key: KeyObject;
  readonly #audience: string;
  readonly #now: Clock;
  /** Seconds. */
  readonly #lifetime: number;

  constructor(secret: string, audience: string, lifetime: number, now: Clock) {
    // A KeyObject and never a string: jsonwebtoken parses a string at every call, as a certificate first.
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'vitrine access token', 32)));
    this.#audience = audience;
    this.#lifetime = lifetime;
    this.#now = now;
  }

  /**
   * @param endsAt the end of what the token stands for, which it does not outlive; `undefined` for a place
   * @returns the token and, in whole seconds, how long it is good for: what Auth 1.0 (2.2.3) and Flow 2.0 (4.4) call
   *   `expiresIn`. With less than a second to go it is 1, because 2.0 knows no 0.
   */
  issue(claims: TokenClaims, endsAt: Date | undefined): IssuedToken {
    const { kind, sessionId, visitId, origin, cookieless, opensImages } = claims;
    const now = this.#now().getTime() / 1000;
    const rest = endsAt === undefined ? this.#lifetime : Math.min(this.#lifetime, endsAt.getTime() / 1000 - now);
    const payload = {
      kind,
      jti: newSecret(),
      sid: sessionId,
      vid: visitId,
      origin,
      cookieless,
      images: opensImages,
      iat: Math.floor(now),
      // JWT counts in whole seconds: rounded up, so that the token is not over before the time that was stated.
      exp: Math.ceil(now + rest),
    };
    const options = { algorithm: ALGORITHM, audience: this.#audience, issuer: this.#audience } as const;
    return { token: jwt.sign(payload, this.#key, options), expiresIn: Math.max(1, Math.floor(rest)) };
  }

  /** What a token says, or `undefined` for anything that is not a token of this server and in force now. */
  read(token: string, wanted: TokenKind): ReadToken | undefined {
    if (token.length > LONGEST) return undefined;
    let claims: unknown;
    try {
      claims = jwt.verify(token, this.#key, {
        algorithms: [ALGORITHM],
        audience: this.#audience,
        issuer: this.#audience,
        maxAge: this.#lifetime + 1,
        clockTimestamp: Math.floor(this.#now().getTime() / 1000),
      });
    } catch {
      return undefined;
    }
    const { kind, sid, vid, origin, cookieless, images, iat, exp } = claims as Record<string, unknown>;
    const fromTheFuture = typeof iat !== 'number' || iat > this.#now().getTime() / 1000 + 60;
    if (kind !== wanted || fromTheFuture || typeof exp !== 'number') return undefined;
    if (!isName(sid) || !isName(vid) || typeof origin !== 'string' || typeof images !== 'boolean') return undefined;
    if (typeof cookieless !== 'boolean') return undefined;
    const endsAt = new Date(Math.min(exp, iat + this.#lifetime + 1) * 1000);
    return { kind: wanted, sessionId: sid, visitId: vid, origin, cookieless, opensImages: images, endsAt };
  }
}

function isName(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
