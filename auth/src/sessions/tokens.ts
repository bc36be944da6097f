import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { newSecret } from './secrets.ts';

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

const ALGORITHM = 'HS256';
/** Longer than any token of ours; what is longer is not worth a look. */
const LONGEST = 2000;

/** Makes and reads access tokens: JWT, HS256, with a key that is used for nothing else. */
export class Tokens {
  readonly #key: KeyObject;
  readonly #audience: string;
  readonly #now: () => Date;
  /** Seconds. */
  readonly lifetime: number;

  constructor(secret: string, audience: string, lifetime: number, now: () => Date) {
    // A KeyObject and never a string: jsonwebtoken parses a string anew, as a certificate first, at every call.
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'vitrine access token', 32)));
    this.#audience = audience;
    this.lifetime = lifetime;
    this.#now = now;
  }

  issue({ kind, sessionId, visitId, origin, cookieless, opensImages }: TokenClaims): string {
    const issued = Math.floor(this.#now().getTime() / 1000);
    const payload = {
      kind,
      jti: newSecret(),
      sid: sessionId,
      vid: visitId,
      origin,
      cookieless,
      images: opensImages,
      iat: issued,
      exp: issued + this.lifetime,
    };
    return jwt.sign(payload, this.#key, { algorithm: ALGORITHM, audience: this.#audience, issuer: this.#audience });
  }

  /** What a token says, or `undefined` for anything that is not a token of this server and in force now. */
  read(token: string, wanted: TokenKind): TokenClaims | undefined {
    if (token.length > LONGEST) return undefined;
    let claims: unknown;
    try {
      claims = jwt.verify(token, this.#key, {
        algorithms: [ALGORITHM],
        audience: this.#audience,
        issuer: this.#audience,
        maxAge: this.lifetime,
        clockTimestamp: Math.floor(this.#now().getTime() / 1000),
      });
    } catch {
      return undefined;
    }
    const { kind, sid, vid, origin, cookieless, images, iat } = claims as Record<string, unknown>;
    const fromTheFuture = typeof iat !== 'number' || iat > this.#now().getTime() / 1000 + 60;
    if (kind !== wanted || fromTheFuture) return undefined;
    if (!isName(sid) || !isName(vid) || typeof origin !== 'string' || typeof images !== 'boolean') return undefined;
    if (typeof cookieless !== 'boolean') return undefined;
    return { kind: wanted, sessionId: sid, visitId: vid, origin, cookieless, opensImages: images };
  }
}

function isName(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
