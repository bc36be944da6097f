import type { Page, Wanted } from '../shared/list.ts';

/** A record as AdminJS shows it: by field. */
export type Row = Readonly<Record<string, string | number | boolean | Date | undefined>>;

const MOST = 500;
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows that are wanted. A field that is unknown, or a value that makes no sense, finds nothing or everything, never fails. */
export function filtered<T extends Row>(rows: readonly T[], wanted: readonly Wanted[]): T[] {
  return rows.filter((row) =>
    wanted.every((one) => matches(Object.hasOwn(row, one.field) ? row[one.field] : undefined, one)),
  );
}

export function paged<T extends Row>(rows: readonly T[], { sortBy, descending, limit, offset }: Page): T[] {
  const sorted =
    sortBy === undefined ? rows : [...rows].sort((a, b) => compare(a[sortBy], b[sortBy]) * (descending ? -1 : 1));
  return sorted.slice(offset, offset + limit);
}

/** AdminJS hands on what the address says: `limit` and `offset` may be NaN or below zero. */
export function withinReason(limit: number | undefined, offset: number | undefined): { limit: number; offset: number } {
  return {
    limit: limit !== undefined && limit >= 1 ? Math.min(Math.trunc(limit), MOST) : 25,
    offset: offset !== undefined && offset >= 0 && Number.isSafeInteger(offset) ? offset : 0,
  };
}

function matches(has: Row[string], wanted: Wanted): boolean {
  if ('text' in wanted) {
    if (typeof has === 'boolean') return String(has) === wanted.text;
    return String(has ?? '')
      .toLowerCase()
      .includes(wanted.text.toLowerCase());
  }
  const { from = -Infinity, to = Infinity } = wanted;
  return has instanceof Date && Number(has) >= Number(from) && Number(has) <= Number(to);
}

function compare(a: Row[string], b: Row[string]): number {
  if (a instanceof Date || b instanceof Date) return Number(a ?? 0) - Number(b ?? 0);
  return collator.compare(String(a ?? ''), String(b ?? ''));
}
