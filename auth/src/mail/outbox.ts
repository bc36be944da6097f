import pLimit from 'p-limit';
import type { AuditTrail } from '../observability/audit.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import type { Letter, Mailer, Sent } from './mailer.ts';

/** `until`: when there is no sense in it any more. */
export type Post = { readonly to: string; readonly letter: Letter; readonly until: Date };

/** Mails that wait. They are in memory only, because they hold secrets that are kept nowhere else. */
const MOST = 100;
const AT_ONCE = 2;
const MINUTE = 60_000;
/** Milliseconds between one attempt and the next: servers that do not know us yet say no at first, and mean "later". */
const PAUSES = [MINUTE, 5 * MINUTE, 15 * MINUTE];

/** Milliseconds that a mail under way is given when the service is stopped. */
const GRACE = 5000;

/** Sends mails that nobody waits for. One that cannot be sent is named in the log and in the audit trail. */
export class Outbox {
  readonly #mailer: Mailer;
  readonly #audit: AuditTrail;
  readonly #log: Pick<Log, 'warn'>;
  readonly #now: Clock;
  readonly #pauses: readonly number[];
  readonly #turn = pLimit(AT_ONCE);
  readonly #stopping = new AbortController();
  readonly #ending = new AbortController();
  readonly #held = new Set<Promise<void>>();

  constructor(mailer: Mailer, audit: AuditTrail, log: Pick<Log, 'warn'>, now: Clock, pauses = PAUSES) {
    this.#mailer = mailer;
    this.#audit = audit;
    this.#log = log;
    this.#now = now;
    this.#pauses = pauses;
  }

  get isFull(): boolean {
    return this.#held.size >= MOST;
  }

  /** Takes a mail, and sends it when it can. Where too many wait already it is not taken, and that is said as well. */
  post(post: Post): void {
    const work = this.isFull ? this.#unsent(post, 'too many mails wait already') : this.#deliver(post);
    this.#held.add(work);
    void work.finally(() => this.#held.delete(work));
  }

  /** Says of what still waits that it is not sent, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    setTimeout(() => {
      this.#ending.abort();
    }, GRACE).unref();
    await Promise.all(this.#held);
  }

  async #deliver(post: Post): Promise<void> {
    for (const pause of [...this.#pauses, undefined]) {
      const sent = await this.#turn(() => this.#attempt(post));
      if (sent.kind === 'sent') return;
      if (!sent.temporary || pause === undefined) return this.#unsent(post, sent.reason);
      this.#log.warn({ reason: sent.reason, seconds: pause / 1000 }, 'a mail could not be sent; trying again');
      await this.#wait(pause);
    }
  }

  #attempt({ to, letter, until }: Post): Promise<Sent> | Sent {
    const over = (reason: string): Sent => ({ kind: 'failed', reason, temporary: false });
    if (this.#stopping.signal.aborted) return over('the service was stopped');
    return this.#now() < until ? this.#mailer.send(to, letter, this.#ending.signal) : over('its link would be over');
  }

  async #unsent({ to }: Post, reason: string): Promise<void> {
    this.#log.warn({ to, reason }, 'a mail was not sent');
    await this.#audit
      .record({ at: this.#now(), action: 'mail.failed', actor: 'system', target: to, address: '' })
      .catch(() => undefined);
  }

  #wait(pause: number): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      timer.unref();
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
