import type { Circumstances, Subject } from '../access/subject.ts';
import { endOfRoles } from '../identity/membership.ts';
import type { Scope } from '../access/scope.ts';
import type { Keys } from '../keys/keys.ts';
import type { Cookies } from '../sessions/cookies.ts';
import { firstLive } from '../sessions/firstLive.ts';
import type { LiveSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Signatures, Signer } from '../sessions/signatures.ts';
import type { ReadToken, TokenKind, Tokens } from '../sessions/tokens.ts';
import type { Visit } from '../sessions/visit.ts';
import type { Visits } from '../sessions/visits.ts';
import type { Shares } from '../shares/shares.ts';

/** What a request carries that may show who sends it, and from where. */
export type Credentials = {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** Client address (IP). */
  readonly address: string;
  /** `Origin`: of the page whose script asks, where it is not our own page. */
  readonly origin: string | undefined;
  /** `Sec-Fetch-Dest`: `empty` where a script of a page asks. */
  readonly destination: string | undefined;
};

/** The path of an image as it was named, and the signature before it, if there is one. */
export type Signed = { readonly path: readonly string[]; readonly signature: string | undefined };

/** What was found to be true of a request. */
type LiveCredentials = LiveVisit & { readonly session: LiveSession | undefined };

/** A visit that shows something, and what the share links that were opened in it open now. */
type LiveVisit = { readonly visit: Visit | undefined; readonly shares: readonly Scope[] };

/** Whose each kind of credential is. */
export type CredentialOwners = {
  readonly sessions: Sessions;
  readonly visits: Visits;
  readonly tokens: Tokens;
  readonly signatures: Signatures;
  readonly keys: Pick<Keys, 'ofAuthorization'>;
  readonly shares: Pick<Shares, 'scopesOf'>;
};

/** Who sends a request, and when the first of what shows that is over; `undefined` where nothing does. */
export type Sender = { readonly subject: Subject; readonly endsAt: Date | undefined };

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const NO_VISIT: LiveVisit = { visit: undefined, shares: [] };
const NOTHING: LiveCredentials = { session: undefined, ...NO_VISIT };

/** Finds out who sends a request. A credential that is not valid is no credential: the visitor is anonymous. */
export class CredentialReader {
  readonly #sessions: Sessions;
  readonly #visits: Visits;
  readonly #tokens: Tokens;
  readonly #signatures: Signatures;
  readonly #keys: CredentialOwners['keys'];
  readonly #shares: CredentialOwners['shares'];
  readonly #cookies: Cookies;
  readonly #isOurs: (origin: string) => boolean;

  /** `isOurs`: whether an origin is our own or one of AUTH_TRUSTED_ORIGINS. */
  constructor(
    { sessions, visits, tokens, signatures, keys, shares }: CredentialOwners,
    cookies: Cookies,
    isOurs: (origin: string) => boolean,
  ) {
    this.#sessions = sessions;
    this.#visits = visits;
    this.#tokens = tokens;
    this.#signatures = signatures;
    this.#keys = keys;
    this.#shares = shares;
    this.#cookies = cookies;
    this.#isOurs = isOurs;
  }

  /** Whether the place of a visitor counts for the page of this origin that asks in the same browser; `undefined` for no page. */
  placeCounts(origin: string | undefined): boolean {
    return origin === undefined || this.#isOurs(origin);
  }

  /** Images open to the access cookies, to tokens that no foreign script can have read, to signatures of their path, and to keys. */
  async forImage(credentials: Credentials, { path, signature }: Signed): Promise<Sender> {
    const { cookie, authorization } = credentials;
    const claims = this.#claims(authorization, 'iiif-auth-1');
    const byToken = claims?.opensImages ? await this.#bySigner(claims) : NOTHING;
    const signer = signature === undefined ? undefined : this.#signatures.read(signature, path);
    const proof = merged(await this.byCookie(cookie), merged(byToken, await this.#bySigner(signer)));
    const key = await this.#keys.ofAuthorization(authorization);
    const { session, visit } = proof;
    // When a key or a share link is over, the decision says: elsewhere than in its scope it ends nothing.
    const ends = [claims?.endsAt, signer?.endsAt, session?.expiresAt, visit?.expiresAt];
    if (session) ends.push(endOfRoles(session.user));
    return { subject: this.#subject(proof, credentials, key), endsAt: earliest(ends) };
  }

  /** Signs the path of an image for the holder of a token. */
  sign(signer: Signer, path: readonly string[]): string {
    return this.#signatures.sign(signer, path);
  }

  /**
   * Descriptions open to any token and key; and to the access cookies unless a script asks: Mirador 3 loads its tiles again only
   * when it was the token, and not the cookie, that changed the answer. Share links were opened before any viewer, so what
   * they open is open from the first answer on, and nothing has to change.
   */
  async forInfo(credentials: Credentials): Promise<Subject> {
    const byToken = await this.#bySigner(this.#claims(credentials.authorization, 'iiif-auth-1'));
    const cookies = await this.byCookie(credentials.cookie);
    const byCookie = credentials.destination === 'empty' ? { ...NOTHING, shares: cookies.shares } : cookies;
    const key = await this.#keys.ofAuthorization(credentials.authorization);
    return this.#subject(merged(byToken, byCookie), credentials, key);
  }

  /** Manifests are read by scripts that know no token, so the cookies count here. */
  forManifest(credentials: Credentials): Promise<Subject> {
    return this.forInfo({ ...credentials, destination: undefined });
  }

  /**
   * The probe is asked by token or key alone: viewers send it no cookie, and what it says must not depend on one. `signer` is set
   * where the token is of a browser that sends no cookies with images.
   */
  async forProbe(credentials: Credentials): Promise<{ subject: Subject; signer: Signer | undefined }> {
    const claims = this.#claims(credentials.authorization, 'iiif-auth-2');
    const key = await this.#keys.ofAuthorization(credentials.authorization);
    const subject = this.#subject(await this.#bySigner(claims), credentials, key);
    return { subject, signer: claims?.cookieless ? claims : undefined };
  }

  /** The live session and visit of the access cookies in a `Cookie` header. */
  async byCookie(header: string | undefined): Promise<LiveCredentials> {
    const visit = await firstLive(this.#cookies.in(header).visit.secrets, (one) => this.#visits.ofCookie(one));
    return { session: await this.sessionOf(header), ...(await this.#liveVisit(visit?.found)) };
  }

  /** The live session alone. */
  async sessionOf(header: string | undefined): Promise<LiveSession | undefined> {
    const { access } = this.#cookies.in(header);
    return (await firstLive(access.secrets, (one) => this.#sessions.ofAccessCookie(one)))?.found;
  }

  #subject(
    { session, visit, shares }: LiveCredentials,
    { address, origin }: Credentials,
    key: Scope | undefined,
  ): Subject {
    const circumstances: Circumstances = {
      address,
      forAnotherSite: !this.placeCounts(origin),
      agreed: visit?.terms ?? false,
      atKiosk: visit?.atKiosk ?? false,
      scopes: key ? [key, ...shares] : shares,
    };
    if (!session) return { kind: 'anonymous', ...circumstances };
    const { id, email, active, roles } = session.user;
    return { kind: 'user', id, email, active, roles, ...circumstances };
  }

  #claims(authorization: string | undefined, kind: TokenKind): ReadToken | undefined {
    const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
    return token === undefined ? undefined : this.#tokens.read(token, kind);
  }

  async #bySigner(signer: Signer | undefined): Promise<LiveCredentials> {
    return {
      session: signer?.sessionId === undefined ? undefined : await this.#sessions.ofId(signer.sessionId),
      ...(signer?.visitId === undefined ? NO_VISIT : await this.#liveVisit(await this.#visits.ofId(signer.visitId))),
    };
  }

  /** Of a visit that is nothing but share links the last of these is the end, and without one it is none. */
  async #liveVisit(visit: Visit | undefined): Promise<LiveVisit> {
    if (!visit || visit.shares.length === 0) return { ...NO_VISIT, visit };
    const shares = await this.#shares.scopesOf(visit.shares);
    if (visit.terms.length > 0 || visit.atKiosk) return { visit, shares };
    if (shares.length === 0) return NO_VISIT;
    const lasting = new Date(Math.max(...shares.map(({ until }) => until)));
    return { visit: { ...visit, expiresAt: earliest([lasting, visit.expiresAt]) ?? lasting }, shares };
  }
}

function earliest(dates: readonly (Date | undefined)[]): Date | undefined {
  return dates.reduce((first, date) => (first === undefined || (date && date < first) ? date : first), undefined);
}

/** What share links open, each proves by itself: a token that was taken before one was opened hides none. */
function merged(first: LiveCredentials, second: LiveCredentials): LiveCredentials {
  const { visit } = first.visit ? first : second;
  const expiresAt = earliest([first.visit?.expiresAt, second.visit?.expiresAt]);
  const known = new Set(first.shares.map(({ name }) => name));
  return {
    session: first.session ?? second.session,
    visit: visit && expiresAt && { ...visit, expiresAt },
    shares: [...first.shares, ...second.shares.filter(({ name }) => !known.has(name))],
  };
}
