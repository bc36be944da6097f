import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Page, Wanted } from '../shared/list.ts';
import { toText } from './entities/time.ts';
import { storable } from './text.ts';

/** How a field of a list is stored, and what is asked for by it. */
type Column = {
  readonly is: 'text' | 'time' | 'boolean';
  /** An expression of the select, to compare and to sort by. */
  readonly sql: string;
  /** Where it is several texts of another table: one of these, and the condition that it fulfils one. */
  readonly several?: { readonly text: string; readonly one: (condition: string) => string };
  /** Its order is that of an index as it is; otherwise letters are sorted without their case. */
  readonly indexed?: true;
};

type Columns = Readonly<Record<string, Column>>;

type Query = SelectQueryBuilder<ObjectLiteral>;

/**
 * A list: a select of all that belongs into it, how its fields are stored, and what names a row. `order` is that of rows
 * that are alike in what they are sorted by; no two are alike in all of it, so that each row is on one page.
 */
export type List = {
  readonly all: Query;
  readonly columns: Columns;
  readonly key: string;
  readonly order: readonly string[];
};

/** What names the rows of a page, in its order. */
export async function keysOf(
  { all, columns, key, order }: List,
  page: Page,
  wanted: readonly Wanted[],
): Promise<string[]> {
  const direction = page.descending ? 'DESC' : 'ASC';
  const query = restrict(all.select(key, 'key'), columns, wanted);
  const column = page.sortBy !== undefined && Object.hasOwn(columns, page.sortBy) ? columns[page.sortBy] : undefined;
  if (column) {
    const asItIs = column.is !== 'text' || column.indexed;
    query.addSelect(asItIs ? column.sql : `lower(${column.sql})`, 'sorted').addOrderBy('sorted', direction);
  }
  for (const sql of order) if (sql !== column?.sql) query.addOrderBy(sql, direction);
  const rows = await query.limit(page.limit).offset(page.offset).getRawMany<{ key: string }>();
  return rows.map((row) => row.key);
}

/** How many rows are wanted. */
export async function countOf({ all, columns }: List, wanted: readonly Wanted[]): Promise<number> {
  const row = await restrict(all.select('COUNT(*)', 'count'), columns, wanted).getRawOne<{ count: number | string }>();
  return Number(row?.count ?? 0);
}

function restrict(query: Query, columns: Columns, wanted: readonly Wanted[]): Query {
  for (const [index, one] of wanted.entries()) {
    const column = Object.hasOwn(columns, one.field) ? columns[one.field] : undefined;
    const { sql, parameters } = (column && conditionOf(column, one, `wanted${index}`)) ?? NEVER;
    query.andWhere(sql, parameters);
  }
  return query;
}

type Condition = { readonly sql: string; readonly parameters: ObjectLiteral };

const NEVER: Condition = { sql: '1 = 0', parameters: {} };

function conditionOf({ is, sql, several }: Column, wanted: Wanted, name: string): Condition | undefined {
  if ('text' in wanted) {
    const { text } = wanted;
    if (is === 'text') {
      const contains = `lower(${several?.text ?? sql}) LIKE :${name} ESCAPE '!'`;
      return { sql: several?.one(contains) ?? contains, parameters: { [name]: patternOf(text) } };
    }
    if (is === 'boolean' && (text === 'true' || text === 'false')) {
      return { sql: `${sql} = :${name}`, parameters: { [name]: text === 'true' } };
    }
    return undefined;
  }
  const ends = Object.entries({ '>=': wanted.from, '<=': wanted.to }).flatMap(([sign, at]) =>
    at ? [{ sign, at }] : [],
  );
  if (is !== 'time' || ends.some(({ at }) => Number.isNaN(at.getTime()))) return undefined;
  return {
    sql: [`${sql} IS NOT NULL`, ...ends.map(({ sign }, index) => `${sql} ${sign} :${name}_${index}`)].join(' AND '),
    parameters: Object.fromEntries(ends.map(({ at }, index) => [`${name}_${index}`, toText(at)])),
  };
}

/** A text is looked for as it is: what LIKE takes for more than itself is escaped. */
function patternOf(text: string): string {
  return `%${storable(text).toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
}
