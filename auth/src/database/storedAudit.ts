import type { AuditedRule, AuditEvent, AuditTrail, StoredAuditEvent } from '../observability/audit.ts';
import type { AuditEventRow } from './entities/auditEvent.ts';
import { toText } from './entities/time.ts';
import type { Store } from './store.ts';
import { storable } from './text.ts';

/** Characters. What is recorded of a failed login is what somebody typed. */
const LONGEST = 320;

export class StoredAudit implements AuditTrail {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async record(event: AuditEvent): Promise<void> {
    await this.#store.run((manager) => manager.insert('audit_event', auditRow(event)));
  }

  async list(limit: number, offset: number): Promise<StoredAuditEvent[]> {
    const rows = await this.#store.run((manager) =>
      manager
        .createQueryBuilder<AuditEventRow>('audit_event', 'event')
        .orderBy('event.id', 'DESC')
        .limit(limit)
        .offset(offset)
        .getMany(),
    );
    return rows.map(eventIn);
  }

  async find(id: number): Promise<StoredAuditEvent | undefined> {
    const row = await this.#store.run((manager) =>
      manager.createQueryBuilder<AuditEventRow>('audit_event', 'event').where('event.id = :id', { id }).getOne(),
    );
    return row ? eventIn(row) : undefined;
  }

  count(): Promise<number> {
    return this.#store.run((manager) => manager.createQueryBuilder('audit_event', 'event').getCount());
  }
}

export function auditRow({ at, action, actor, target, address, change }: AuditEvent): Omit<AuditEventRow, 'id'> {
  const texts = { actor: short(actor), target: short(target), address: short(address) };
  return { at: toText(at), action, ...texts, change: change ? storable(JSON.stringify(change)) : null };
}

function eventIn({ at, action, change, ...texts }: AuditEventRow): StoredAuditEvent {
  const event = { ...texts, at: new Date(at), action: action as AuditEvent['action'] };
  if (change === null) return event;
  const { place, before, after } = JSON.parse(change) as AuditedRule;
  return { ...event, change: { place, before, after } };
}

function short(text: string): string {
  return storable(text.slice(0, LONGEST));
}
