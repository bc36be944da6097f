import { table } from './table.ts';

/** The size of one state of one file, in pixels; the key is SHA-256, hex. */
export type ImageFactRow = { key: string; width: number; height: number };

export const imageFactTable = table<ImageFactRow>({
  name: 'image_fact',
  tableName: 'image_facts',
  columns: {
    key: { type: 'varchar', length: 64, primary: true, primaryKeyConstraintName: 'image_facts_pk' },
    width: { type: 'integer' },
    height: { type: 'integer' },
  },
});
