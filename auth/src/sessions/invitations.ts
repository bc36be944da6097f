import { Refused } from '../identity/errors.ts';
import type { User } from '../identity/user.ts';
import type { Users } from '../identity/users.ts';
import type { Clock } from '../shared/clock.ts';
import { hashSecret, looksLikeSecret, newSecret } from './secrets.ts';

export const INVITATION_PATH = '/auth/invitation';
const HOUR = 60 * 60 * 1000;
/** Milliseconds: of one that an administrator made; of one that anybody can ask for, seven days and an hour. */
const LIFETIMES = { invitation: 7 * 24 * HOUR, forgotten: HOUR } as const;

export type Purpose = keyof typeof LIFETIMES;

/** That a user may set a password; `hash` is the secret's, SHA-256, hex. */
export type Invitation = {
  readonly userId: string;
  readonly hash: string;
  readonly purpose: Purpose;
  readonly expiresAt: Date;
};

/** The secret of a link, which is kept nowhere. */
export type NewLink = { readonly secret: string; readonly expiresAt: Date };

/** Where invitations are kept; implemented in `database/`. A new password of a user takes the user's away. */
export interface InvitationRepository {
  /** In the place of the one of that purpose that the user has. @throws Refused where there is no such user */
  put(invitation: Invitation): Promise<void>;
  find(hash: string): Promise<Invitation | undefined>;
  /** Takes one away. True for the one of many callers who got it. */
  take(hash: string): Promise<boolean>;
}

/** Links by which users set their password, once: the first one, or another where it is forgotten. */
export class Invitations {
  readonly #repository: InvitationRepository;
  readonly #users: Users;
  readonly #now: Clock;

  constructor(repository: InvitationRepository, users: Users, now: Clock) {
    this.#repository = repository;
    this.#users = users;
    this.#now = now;
  }

  /**
   * Makes a link for seven days; an earlier one opens nothing any more. The password that there is holds until another
   * is set.
   * @throws Refused for a user who is disabled
   */
  invite(user: User): Promise<NewLink> {
    return this.#make(user, 'invitation');
  }

  /** The same for an hour, and beside an invitation: somebody else may have asked for it. @throws Refused */
  forgotten(user: User): Promise<NewLink> {
    return this.#make(user, 'forgotten');
  }

  /** Who may set a password by a secret; `undefined` where it is over, was used, or never was one. */
  async guestOf(secret: string): Promise<User | undefined> {
    if (!looksLikeSecret(secret)) return undefined;
    const found = await this.#repository.find(hashSecret(secret));
    if (!found || found.expiresAt <= this.#now()) return undefined;
    const user = await this.#users.find(found.userId);
    return user?.active ? user : undefined;
  }

  /**
   * Sets the password of the one who was invited, and ends the sessions made with an older one.
   * @returns false where the secret is none any more
   * @throws Refused for a password that is {@link Users.unfit}; the secret can be used again then
   */
  async accept(secret: string, password: string): Promise<boolean> {
    const guest = await this.guestOf(secret);
    if (!guest) return false;
    const problem = this.#users.unfit(password);
    if (problem !== undefined) throw new Refused('password', problem);
    // Away first: of two who hold the link only one may set a password.
    if (!(await this.#repository.take(hashSecret(secret)))) return false;
    await this.#users.change(guest.id, { password });
    return true;
  }

  async #make({ id, email, active }: User, purpose: Purpose): Promise<NewLink> {
    if (!active) throw new Refused('active', `${email} is disabled: enable the account first.`);
    const secret = newSecret();
    const expiresAt = new Date(this.#now().getTime() + LIFETIMES[purpose]);
    await this.#repository.put({ userId: id, hash: hashSecret(secret), purpose, expiresAt });
    return { secret, expiresAt };
  }
}

/**
 * The link, to be pasted into a mail. The secret is behind the #, which browsers send to nobody: it is in no log, and no
 * page gets it as a referrer.
 * @param publicUrl the address of this server, without a path
 */
export function invitationLink(publicUrl: string, secret: string): string {
  return `${publicUrl}${INVITATION_PATH}#${secret}`;
}
