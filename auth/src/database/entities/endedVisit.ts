import { table } from './table.ts';
import { time } from './time.ts';

/** A visit that was ended before its time: its number, and when its time is over. */
export type EndedVisitRow = { id: string; expiresAt: string };

export const endedVisitTable = table<EndedVisitRow>({
  name: 'ended_visit',
  tableName: 'ended_visits',
  columns: {
    id: { type: 'varchar', length: 22, primary: true, primaryKeyConstraintName: 'ended_visits_pk' },
    expiresAt: { name: 'expires_at', ...time },
  },
  indices: [{ name: 'ended_visits_expires_at', columns: ['expiresAt'] }],
});
