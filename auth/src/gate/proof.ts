import { accessCookiesIn } from '../sessions/cookies.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Visits } from '../sessions/visits.ts';
import type { Visitors } from './visitor.ts';

/** What a token can be given for: a login, a visit, or (neither) a place. */
export type Proof =
  | { readonly kind: 'proved'; readonly sessionId: string | undefined; readonly visitId: string | undefined }
  /** Nothing was shown, or what was shown is not valid (any more). */
  | { readonly kind: 'missing' | 'invalid' | 'expired' };

/** Finds out for what a token service may give a token. */
export class Proofs {
  readonly #visitors: Visitors;
  readonly #sessions: Sessions;
  readonly #visits: Visits;
  readonly #isSomePlace: (address: string) => boolean;

  /** `isSomePlace`: whether an address (IP) is one that opens images by itself (the external pattern). */
  constructor(visitors: Visitors, sessions: Sessions, visits: Visits, isSomePlace: (address: string) => boolean) {
    this.#visitors = visitors;
    this.#sessions = sessions;
    this.#visits = visits;
    this.#isSomePlace = isSomePlace;
  }

  /** @throws StoreUnavailable */
  async of(cookieHeader: string | undefined, address: string): Promise<Proof> {
    const { session, visit } = await this.#visitors.byCookie(cookieHeader);
    if (session || visit || this.#isSomePlace(address)) {
      return { kind: 'proved', sessionId: session?.id, visitId: visit?.id };
    }
    const cookies = accessCookiesIn(cookieHeader);
    if (cookies.access === undefined && cookies.visit === undefined) return { kind: 'missing' };
    const expired =
      (cookies.access !== undefined && (await this.#sessions.hasExpired(cookies.access))) ||
      (cookies.visit !== undefined && (await this.#visits.hasExpired(cookies.visit)));
    return { kind: expired ? 'expired' : 'invalid' };
  }
}
