import type { AuditEvent, AuditTrail, StoredAuditEvent } from '../observability/audit.ts';
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
    return rows.map((row) => ({ ...row, at: new Date(row.at), action: row.action as AuditEvent['action'] }));
  }

  count(): Promise<number> {
    return this.#store.run((manager) => manager.createQueryBuilder('audit_event', 'event').getCount());
  }
}

export function auditRow({ at, action, actor, target, address }: AuditEvent): Omit<AuditEventRow, 'id'> {
  return { at: toText(at), action, actor: short(actor), target: short(target), address: short(address) };
}

function short(text: string): string {
  return storable(text.slice(0, LONGEST));
}
