import { setTimeout as wait } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { normaliseEmail } from '../identity/checks.ts';
import { Ration } from '../identity/ration.ts';
import type { Users } from '../identity/users.ts';
import type { AuditTrail } from '../observability/audit.ts';
import { invitationLink, type Invitations } from '../sessions/invitations.ts';
import type { Clock } from '../shared/clock.ts';
import type { Language } from '../shared/language.ts';
import type { Log } from '../shared/log.ts';
import { forgottenLetter } from './letters.ts';
import type { Outbox } from './outbox.ts';

/** Within an hour: questions of one network, and of all; mails to one address, so that nobody is drowned in them. */
const QUESTIONS = { each: 10, all: 300, duration: 60 * 60 };
const MAILS = { points: 3, duration: 60 * 60 };
/** Milliseconds, within which the answer is on its way. SQLite is asked in the same thread that answers. */
const BEFORE_IT_IS_LOOKED_UP = 200;
/** No account has a longer address. */
const LONGEST = 320;

type Parts = {
  readonly users: Users;
  readonly invitations: Invitations;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly log: Pick<Log, 'error'>;
  readonly now: Clock;
};
/** `email` as it was typed; `address` of the client (IP). */
type Question = { readonly email: string; readonly address: string; readonly language: Language };

/** Sends a link to set a new password to who has forgotten theirs, and tells nobody whether there is such an account. */
export class ForgottenPasswords {
  readonly #parts: Parts;
  readonly #settings: { readonly publicUrl: string; readonly institution: string };
  readonly #questions = new Ration(QUESTIONS);
  readonly #mails = new RateLimiterMemory(MAILS);

  constructor(parts: Parts, settings: { readonly publicUrl: string; readonly institution: string }) {
    this.#parts = parts;
    this.#settings = settings;
  }

  /**
   * Answers before anything is looked up, so that neither the answer nor its time depends on the account.
   * @returns whether the question is taken; there are too many of this network, or too many mails that wait
   */
  async ask(question: Question): Promise<'taken' | 'throttled' | 'busy'> {
    if (this.#parts.outbox.isFull) return 'busy';
    if (!(await this.#questions.take(question.address))) return 'throttled';
    void wait(BEFORE_IT_IS_LOOKED_UP)
      .then(() => this.#answer(question))
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error }, 'a link for a forgotten password was not made');
      });
    return 'taken';
  }

  async #answer({ email: typed, address, language }: Question): Promise<void> {
    const { users, invitations, outbox, audit, now } = this.#parts;
    const { publicUrl, institution } = this.#settings;
    if (!(await this.#isAllowed(normaliseEmail(typed).slice(0, LONGEST)))) return;
    const user = await users.findByEmail(typed);
    if (!user?.active) return;
    const { email } = user;
    await audit.record({ at: now(), action: 'user.forgot', actor: email, target: email, address });
    const { secret, expiresAt } = await invitations.forgotten(user);
    const link = invitationLink(publicUrl, secret);
    const letter = forgottenLetter({ institution, email, link, expiresAt }, language);
    outbox.post({ to: email, letter, until: expiresAt });
  }

  async #isAllowed(account: string): Promise<boolean> {
    try {
      await this.#mails.consume(account);
      return true;
    } catch (reason) {
      if (reason instanceof RateLimiterRes) return false;
      throw reason;
    }
  }
}
