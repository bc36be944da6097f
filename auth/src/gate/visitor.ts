import type { Circumstances, Subject } from '../access/subject.ts';
import { accessCookiesIn } from '../sessions/cookies.ts';
import type { LiveSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Signatures, Signer } from '../sessions/signatures.ts';
import type { TokenClaims, TokenKind, Tokens } from '../sessions/tokens.ts';
import type { Visit } from '../sessions/visit.ts';
import type { Visits } from '../sessions/visits.ts';

/** What a request carries that may show who sends it, and from where. */
export type Credentials = {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** Client address (IP). */
  readonly address: string;
  /** `Sec-Fetch-Dest`: `empty` where a script of a page asks. */
  readonly destination: string | undefined;
};

/** The path of an image as it was named, and the signature before it, if there is one. */
export type Signed = { readonly path: readonly string[]; readonly signature: string | undefined };

/** What was found to be true of a request. */
type Proof = { readonly session: LiveSession | undefined; readonly visit: Visit | undefined };

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const NOTHING: Proof = { session: undefined, visit: undefined };

/** Finds out who sends a request. A credential that is not valid is no credential: the visitor is anonymous. */
export class Visitors {
  readonly #sessions: Sessions;
  readonly #visits: Visits;
  readonly #tokens: Tokens;
  readonly #signatures: Signatures;

  constructor(sessions: Sessions, visits: Visits, tokens: Tokens, signatures: Signatures) {
    this.#sessions = sessions;
    this.#visits = visits;
    this.#tokens = tokens;
    this.#signatures = signatures;
  }

  /** Images open to the access cookies, to tokens that no foreign script can have read, and to signatures of their path. */
  async forImage({ cookie, authorization, address }: Credentials, { path, signature }: Signed): Promise<Subject> {
    const claims = this.#claims(authorization, 'iiif-auth-1');
    const byToken = claims?.opensImages ? await this.#bySigner(claims) : NOTHING;
    const signer = signature === undefined ? undefined : this.#signatures.read(signature, path);
    return subjectOf(merged(await this.byCookie(cookie), merged(byToken, await this.#bySigner(signer))), address);
  }

  /** Signs the path of an image for the holder of a token. */
  sign(signer: Signer, path: readonly string[]): string {
    return this.#signatures.sign(signer, path);
  }

  /**
   * Descriptions open to any token; and to the access cookies unless a script asks: Mirador 3 loads its tiles again only
   * when it was the token, and not the cookie, that changed the answer.
   */
  async forInfo(credentials: Credentials): Promise<Subject> {
    const byToken = await this.#bySigner(this.#claims(credentials.authorization, 'iiif-auth-1'));
    const byCookie = credentials.destination === 'empty' ? NOTHING : await this.byCookie(credentials.cookie);
    return subjectOf(merged(byToken, byCookie), credentials.address);
  }

  /** Manifests are read by scripts that know no token, so the cookies count here. */
  forManifest(credentials: Credentials): Promise<Subject> {
    return this.forInfo({ ...credentials, destination: undefined });
  }

  /**
   * The probe is asked by token alone: viewers send it no cookie, and what it says must not depend on one. `signer` is set
   * where the token is of a browser that sends no cookies with images.
   */
  async forProbe({ authorization, address }: Credentials): Promise<{ subject: Subject; signer: Signer | undefined }> {
    const claims = this.#claims(authorization, 'iiif-auth-2');
    const subject = subjectOf(await this.#bySigner(claims), address);
    return { subject, signer: claims?.cookieless ? claims : undefined };
  }

  /** The live session and visit of the access cookies in a `Cookie` header. */
  async byCookie(header: string | undefined): Promise<Proof> {
    const { access, visit } = accessCookiesIn(header);
    return {
      session: access === undefined ? undefined : await this.#sessions.ofAccessCookie(access),
      visit: visit === undefined ? undefined : await this.#visits.ofCookie(visit),
    };
  }

  #claims(authorization: string | undefined, kind: TokenKind): TokenClaims | undefined {
    const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
    return token === undefined ? undefined : this.#tokens.read(token, kind);
  }

  async #bySigner(signer: Signer | undefined): Promise<Proof> {
    return {
      session: signer?.sessionId === undefined ? undefined : await this.#sessions.ofId(signer.sessionId),
      visit: signer?.visitId === undefined ? undefined : await this.#visits.ofId(signer.visitId),
    };
  }
}

function merged(first: Proof, second: Proof): Proof {
  return { session: first.session ?? second.session, visit: first.visit ?? second.visit };
}

function subjectOf({ session, visit }: Proof, address: string): Subject {
  const circumstances: Circumstances = {
    address,
    agreed: visit?.agreed ?? false,
    atKiosk: visit?.atKiosk ?? false,
  };
  if (!session) return { kind: 'anonymous', ...circumstances };
  const { id, active, roles } = session.user;
  return { kind: 'user', id, active, roles, ...circumstances };
}
