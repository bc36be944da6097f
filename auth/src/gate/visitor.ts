import { anonymous, type Subject } from '../access/subject.ts';
import { accessCookieIn } from '../sessions/cookies.ts';
import type { LiveSession } from '../sessions/session.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Tokens } from '../sessions/tokens.ts';

/** What a request carries that may show who sends it. */
export type Credentials = {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** `Sec-Fetch-Dest`: `empty` where a script of a page asks. */
  readonly destination: string | undefined;
};

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Finds out who sends a request. A credential that is not valid is no credential: the visitor is anonymous. */
export class Visitors {
  readonly #sessions: Sessions;
  readonly #tokens: Tokens;

  constructor(sessions: Sessions, tokens: Tokens) {
    this.#sessions = sessions;
    this.#tokens = tokens;
  }

  /** Images open to the access cookie, and to tokens that no foreign script can have read. */
  async forImage({ cookie, authorization }: Credentials): Promise<Subject> {
    return subjectOf((await this.#byCookie(cookie)) ?? (await this.#byToken(authorization, true)));
  }

  /**
   * Descriptions open to any token; and to the access cookie unless a script asks: Mirador 3 loads its tiles again only
   * when it was the token, and not the cookie, that changed the answer.
   */
  async forInfo(credentials: Credentials): Promise<Subject> {
    const byToken = await this.#byToken(credentials.authorization, false);
    if (byToken || credentials.destination === 'empty') return subjectOf(byToken);
    return subjectOf(await this.#byCookie(credentials.cookie));
  }

  /** Manifests are read by scripts that know no token, so the cookie counts here. */
  async forManifest(credentials: Credentials): Promise<Subject> {
    return subjectOf(
      (await this.#byToken(credentials.authorization, false)) ?? (await this.#byCookie(credentials.cookie)),
    );
  }

  async #byCookie(header: string | undefined): Promise<LiveSession | undefined> {
    const value = accessCookieIn(header);
    return value === undefined ? undefined : this.#sessions.ofAccessCookie(value);
  }

  async #byToken(authorization: string | undefined, image: boolean): Promise<LiveSession | undefined> {
    const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
    const claims = token === undefined ? undefined : this.#tokens.read(token);
    if (!claims || (image && !claims.opensImages)) return undefined;
    return this.#sessions.ofId(claims.sessionId);
  }
}

function subjectOf(session: LiveSession | undefined): Subject {
  if (!session) return anonymous;
  const { id, active, roles } = session.user;
  return { kind: 'user', id, active, roles };
}
