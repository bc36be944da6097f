import { table } from './table.ts';
import { time } from './time.ts';

/** Refers to nobody by id: the trail outlives the users it tells of. */
export type AuditEventRow = {
  id: number;
  at: string;
  action: string;
  actor: string;
  target: string;
  address: string;
  /** Of a rule: what it was, and what it became. JSON. */
  change: string | null;
};

export const auditEventTable = table<AuditEventRow>({
  name: 'audit_event',
  tableName: 'audit_events',
  columns: {
    id: { type: 'integer', primary: true, primaryKeyConstraintName: 'audit_events_pk', generated: 'increment' },
    at: time,
    action: { type: 'varchar', length: 40 },
    actor: { type: 'text' },
    target: { type: 'text' },
    address: { type: 'text' },
    change: { type: 'text', nullable: true },
  },
  indices: [{ name: 'audit_events_at', columns: ['at'] }],
});
