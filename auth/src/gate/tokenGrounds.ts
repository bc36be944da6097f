import type { Cookies } from '../sessions/cookies.ts';
import { firstLive } from '../sessions/firstLive.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Visits } from '../sessions/visits.ts';
import type { CredentialReader } from './credentialReader.ts';

/** What a token can be given for: a login, a visit, or (neither) a place. */
export type Grounds =
  | {
      readonly kind: 'proved';
      readonly sessionId: string | undefined;
      readonly visitId: string | undefined;
      /** When the first of them ends; a place does not. */
      readonly endsAt: Date | undefined;
    }
  /** Nothing was shown, or what was shown is not valid (any more). */
  | { readonly kind: 'missing' | 'invalid' | 'expired' };

/** Finds out for what a token service may give a token. */
export class TokenGrounds {
  readonly #credentialReader: CredentialReader;
  readonly #sessions: Sessions;
  readonly #visits: Visits;
  readonly #cookies: Cookies;
  readonly #isSomePlace: (address: string) => boolean;

  /** `isSomePlace`: whether an address (IP) is one that opens images by itself (the external pattern). */
  constructor(
    credentialReader: CredentialReader,
    sessions: Sessions,
    visits: Visits,
    cookies: Cookies,
    isSomePlace: (address: string) => boolean,
  ) {
    this.#credentialReader = credentialReader;
    this.#sessions = sessions;
    this.#visits = visits;
    this.#cookies = cookies;
    this.#isSomePlace = isSomePlace;
  }

  /**
   * @param origin of the page that the token is for; `undefined` for a client that is no page
   * @throws StoreUnavailable
   */
  async of(cookieHeader: string | undefined, address: string, origin: string | undefined): Promise<Grounds> {
    const { session, visit } = await this.#credentialReader.byCookie(cookieHeader);
    if (session || visit || (this.#credentialReader.placeCounts(origin) && this.#isSomePlace(address))) {
      const endsAt = earliest(session?.expiresAt, visit?.expiresAt);
      return { kind: 'proved', sessionId: session?.id, visitId: visit?.id, endsAt };
    }
    const carried = this.#cookies.in(cookieHeader);
    if (!carried.access.present && !carried.visit.present) return { kind: 'missing' };
    const expired =
      (await anyOf(carried.access.secrets, (one) => this.#sessions.hasExpired(one))) ||
      carried.visit.secrets.some((one) => this.#visits.hasExpired(one));
    return { kind: expired ? 'expired' : 'invalid' };
  }
}

function earliest(...times: (Date | undefined)[]): Date | undefined {
  return times.filter((time) => time !== undefined).sort((a, b) => a.getTime() - b.getTime())[0];
}

async function anyOf(secrets: readonly string[], isSo: (secret: string) => Promise<boolean>): Promise<boolean> {
  return (await firstLive(secrets, async (one) => (await isSo(one)) || undefined)) !== undefined;
}
