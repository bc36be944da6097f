import type { User } from '../identity/user.ts';
import { invitationLink, type Invitations } from '../sessions/invitations.ts';
import { invitationLetter } from './letters.ts';
import type { Mailer, Sent } from './mailer.ts';

/** A link to set a password, and whether it is on its way; `undefined` where there is no mail server. */
export type Invited = { readonly link: string; readonly expiresAt: Date; readonly mailed: Sent | undefined };

/** Invites users, by mail where there is a mail server. The link is told as well: a mail that was taken may not arrive. */
export class InvitationMail {
  readonly #invitations: Invitations;
  readonly #mailer: Mailer | undefined;
  readonly #settings: { readonly publicUrl: string; readonly institution: string };

  constructor(
    invitations: Invitations,
    mailer: Mailer | undefined,
    settings: { readonly publicUrl: string; readonly institution: string },
  ) {
    this.#invitations = invitations;
    this.#mailer = mailer;
    this.#settings = settings;
  }

  /** @throws Refused for a user who is disabled */
  async invite(user: User): Promise<Invited> {
    const { publicUrl, institution } = this.#settings;
    const { secret, expiresAt } = await this.#invitations.invite(user);
    const link = invitationLink(publicUrl, secret);
    const { email } = user;
    const mailed = await this.#mailer?.send(email, invitationLetter({ institution, email, link, expiresAt }));
    return { link, expiresAt, mailed };
  }
}
