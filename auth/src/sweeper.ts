import { setTimeout as wait } from 'node:timers/promises';
import type { GrowingTable, Retention } from './database/storedRetention.ts';
import type { Clock } from './shared/clock.ts';
import type { Log } from './shared/log.ts';

/** Milliseconds between two rounds, and before the first: a start has better things to do. */
const EVERY = 60 * 60 * 1000;
const FIRST = 60 * 1000;
/** Milliseconds between two statements, for the tiles. */
const PAUSE = 20;
const DAY = 24 * 60 * 60 * 1000;
/** Days. An ended login is remembered so long as one whose time is over, and not as one that never was. */
const SESSIONS_FOR = 1;
/** Days. One that is over stays in the list for a while, with how many people used it. */
const SHARES_FOR = 90;
/** Days. They hold addresses and reasons of people. */
const REQUESTS_FOR = 90;
/** Days. A size that nobody needed for so long is measured again; most of these are of files that are gone. */
const FACTS_FOR = 90;
const MOST_FACTS = 2_000_000;

/** Removes from the database what is old, little by little, while the service runs (docs/state.md, "What grows"). */
export class Sweeper {
  readonly #retention: Retention;
  readonly #auditFor: number;
  readonly #now: Clock;
  readonly #log: Pick<Log, 'warn'>;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;

  /** `auditFor`: days for which the audit trail is kept. */
  constructor(retention: Retention, auditFor: number, now: Clock, log: Pick<Log, 'warn'>) {
    this.#retention = retention;
    this.#auditFor = auditFor;
    this.#now = now;
    this.#log = log;
  }

  /** Sweeps every hour. Keeps no process alive. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#round = this.sweep();
      this.#timer = setInterval(() => {
        this.#round = this.#round.then(() => this.sweep());
      }, EVERY).unref();
    }, FIRST).unref();
  }

  /** Waits for the statement that is under way; nothing is removed from then on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** One round: everything that is old by now. A database that does not answer is asked again in the next round. */
  async sweep(): Promise<void> {
    try {
      await this.#before('session', SESSIONS_FOR);
      await this.#before('ended_visit', 0);
      await this.#before('password_link', 0);
      await this.#before('share', SHARES_FOR);
      await this.#before('access_request', REQUESTS_FOR);
      await this.#before('audit_event', this.#auditFor);
      await this.#before('image_fact', FACTS_FOR);
      await this.#allOf(() => this.#retention.removeSomeBeyond('image_fact', MOST_FACTS));
    } catch (error) {
      this.#log.warn({ err: error }, 'what is old could not be removed from the database; trying again in an hour');
    }
  }

  #before(table: GrowingTable, days: number): Promise<void> {
    const before = new Date(this.#now().getTime() - days * DAY);
    return this.#allOf(() => this.#retention.removeSomeBefore(table, before));
  }

  async #allOf(removeSome: () => Promise<number>): Promise<void> {
    while (!this.#stopped && (await removeSome()) > 0) await wait(PAUSE);
  }
}
