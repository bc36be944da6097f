import { Refused } from '../identity/errors.ts';
import type { Rule } from '../access/rules.ts';
import type { Log } from '../shared/log.ts';
import type { StoredRules } from './storedRules.ts';

/** Milliseconds between two looks whether anything in the database has changed. */
const LOOKED_AT = 1000;

export type StoreLook = { readonly kind: 'same' } | { readonly kind: 'rules'; readonly rules: readonly Rule[] };

/** The rules of the database, read when anything in it has changed. */
export class RulesInStore {
  readonly #stored: Pick<StoredRules, 'state' | 'revision' | 'rules'>;
  readonly #log: Pick<Log, 'error'>;
  #state: string | undefined;
  #revision: string | undefined;
  /** By `performance.now()`. */
  #lookedAt = -Infinity;
  #refused: string | undefined;

  constructor(stored: Pick<StoredRules, 'state' | 'revision' | 'rules'>, log: Pick<Log, 'error'>) {
    this.#stored = stored;
    this.#log = log;
  }

  /** After a change in this process: the next look asks. */
  again(): void {
    this.#lookedAt = -Infinity;
  }

  /** Never rejects: of a database that does not answer nothing is new, and it says in the log what is wrong with it. */
  async look(): Promise<StoreLook> {
    const now = performance.now();
    if (now - this.#lookedAt < LOOKED_AT) return { kind: 'same' };
    this.#lookedAt = now;
    try {
      const state = await this.#stored.state();
      if (state === this.#state) return { kind: 'same' };
      const revision = await this.#stored.revision();
      // Mostly somebody has logged in.
      if (revision === this.#revision) {
        this.#state = state;
        return { kind: 'same' };
      }
      const rules = await this.#stored.rules();
      this.#state = state;
      this.#revision = revision;
      return { kind: 'rules', rules };
    } catch (error) {
      if (error instanceof Refused) this.#sayOnce(error.message);
      return { kind: 'same' };
    }
  }

  /** Somebody wrote into the database by hand. */
  #sayOnce(message: string): void {
    if (message !== this.#refused) this.#log.error({ cause: message }, 'the rules in the database cannot be used');
    this.#refused = message;
  }
}
