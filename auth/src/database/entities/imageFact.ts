import { table } from './table.ts';
import { time } from './time.ts';

/** What is known of one state of one file, JSON; the key is SHA-256, hex. `seenAt`: when it was last needed, to the month. */
export type ImageFactRow = { key: string; facts: string; seenAt: string };

export const imageFactTable = table<ImageFactRow>({
  name: 'image_fact',
  tableName: 'image_facts',
  columns: {
    key: { type: 'varchar', length: 64, primary: true, primaryKeyConstraintName: 'image_facts_pk' },
    facts: { type: 'text' },
    seenAt: { name: 'seen_at', ...time },
  },
  indices: [{ name: 'image_facts_seen_at', columns: ['seenAt'] }],
});
