import { LRUCache } from 'lru-cache';
import { networkOf } from '../identity/network.ts';
import { Ration } from '../identity/ration.ts';
import type { AuditEvent, AuditTrail } from '../observability/audit.ts';
import type { Log } from '../shared/log.ts';

/** Entries an hour: anybody can fail to log in without end, and every entry is kept for long. */
const ENTRIES = { each: 20, all: 300, duration: 60 * 60 };
/** Milliseconds. Somebody who is told to wait and goes on is recorded this often. */
const RECORDED_AGAIN_AFTER = 60 * 1000;
const SAID_AGAIN_AFTER = 60 * 60 * 1000;

type FailedLogin = AuditEvent & { readonly action: 'login.failed' | 'login.throttled' };

/** Records logins that were tried and did not happen: those that tell something, not each of a flood. */
export class FailedLogins {
  readonly #audit: AuditTrail;
  readonly #log: Log;
  readonly #ration = new Ration(ENTRIES);
  readonly #throttled = new LRUCache<string, true>({ max: 10_000, ttl: RECORDED_AGAIN_AFTER });
  readonly #said = new LRUCache<'', true>({ max: 1, ttl: SAID_AGAIN_AFTER });

  constructor(audit: AuditTrail, log: Log) {
    this.#audit = audit;
    this.#log = log;
  }

  /** @throws StoreUnavailable */
  async record(event: FailedLogin): Promise<void> {
    const network = networkOf(event.address);
    if (event.action === 'login.throttled') {
      if (this.#throttled.has(network)) return;
      this.#throttled.set(network, true);
    }
    if (await this.#ration.take(event.address)) {
      await this.#audit.record(event);
    } else if (!this.#said.has('')) {
      this.#said.set('', true);
      this.#log.warn({ address: event.address }, 'the audit trail takes no more failed logins for a while');
    }
  }
}
