import { table } from './table.ts';
import { time } from './time.ts';

/** What somebody asks for who may not see something. */
export type AccessRequestRow = {
  id: string;
  place: string;
  name: string;
  email: string;
  reason: string;
  language: string;
  createdAt: string;
  state: string;
};

export const accessRequestTable = table<AccessRequestRow>({
  name: 'access_request',
  tableName: 'access_requests',
  columns: {
    id: { type: 'varchar', length: 16, primary: true, primaryKeyConstraintName: 'access_requests_pk' },
    place: { type: 'text' },
    name: { type: 'text' },
    email: { type: 'text' },
    reason: { type: 'text' },
    language: { type: 'varchar', length: 8 },
    createdAt: { name: 'created_at', ...time },
    state: { type: 'varchar', length: 8 },
  },
  indices: [{ name: 'access_requests_created_at', columns: ['createdAt'] }],
});
