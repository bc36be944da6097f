/** A record as AdminJS shows it: by field. */
export type Row = Readonly<Record<string, string | number | boolean | Date | undefined>>;

/** What a field has to be: (part of) a text, yes or no, or between two times. */
export type Wanted = { readonly field: string; readonly value: unknown };
export type Page = {
  readonly sortBy?: string;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
};

const MOST = 500;
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows that are wanted. A field that is unknown, or a value that makes no sense, finds nothing or everything, never fails. */
export function filtered<T extends Row>(rows: readonly T[], wanted: readonly Wanted[]): T[] {
  return rows.filter((row) =>
    wanted.every(({ field, value }) => matches(Object.hasOwn(row, field) ? row[field] : undefined, value)),
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

function matches(has: Row[string], wanted: unknown): boolean {
  if (typeof wanted === 'string') {
    if (typeof has === 'boolean') return String(has) === wanted;
    return String(has ?? '')
      .toLowerCase()
      .includes(wanted.toLowerCase());
  }
  if (typeof wanted !== 'object' || wanted === null) return false;
  const { from, to } = wanted as { from?: unknown; to?: unknown };
  const time = has instanceof Date ? has.getTime() : NaN;
  return (from === undefined || time >= timeOf(from)) && (to === undefined || time <= timeOf(to));
}

function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : NaN;
}

function compare(a: Row[string], b: Row[string]): number {
  if (a instanceof Date || b instanceof Date) return Number(a ?? 0) - Number(b ?? 0);
  return collator.compare(String(a ?? ''), String(b ?? ''));
}
