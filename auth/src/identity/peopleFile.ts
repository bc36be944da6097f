import { CsvError, parse } from 'csv-parse/sync';
import { readMoment } from '../shared/dates.ts';

/** A row of a file of people, as it was written; `undefined` and no roles where it says nothing. */
export type WrittenPerson = {
  /** Counted from 1. */
  readonly line: number;
  readonly email: string;
  readonly name: string | undefined;
  readonly roles: readonly string[];
  /** When all of these roles are over. */
  readonly until: Date | undefined;
};

/** What is wrong in a file, in which line and column of it; `field` is missing where it is the line as a whole. */
export type RowFault = { readonly line: number; readonly field?: string; readonly message: string };

export type PeopleFile =
  | { readonly kind: 'people'; readonly people: readonly WrittenPerson[] }
  | { readonly kind: 'wrong'; readonly faults: readonly RowFault[] };

export const COLUMNS = ['e-mail', 'name', 'roles', 'until'] as const;
type Column = (typeof COLUMNS)[number];

/** Bytes; some ten thousand people. */
const LONGEST = 2_000_000;
/** As it comes where bytes are read as Latin 1. */
const BOM = '\u00EF\u00BB\u00BF';

/**
 * Reads people from CSV in UTF-8: the first line names the columns, `;` or `,` is between them (the first line shows
 * which), roles are divided by the same signs.
 * @returns `wrong` with all that is wrong, where anything is
 */
export function readPeople(bytes: Uint8Array): PeopleFile {
  if (bytes.length > LONGEST) return wrong(1, `is of a file of more than ${LONGEST / 1e6} MB: divide it`);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return wrong(1, 'is UTF-16: save the table as CSV in UTF-8');
  }
  // Byte by byte, so that a cell that is no UTF-8 can be named: what divides cells is ASCII.
  const text = Buffer.from(bytes).toString('latin1').replace(BOM, '');
  const rows = rowsOf(text);
  if ('kind' in rows) return rows;
  const [header, ...others] = rows;
  if (!header) return wrong(1, 'is missing: the first line names the columns, e-mail, name, roles and until');
  const columns = header.cells.map((cell) => columnOf(inUtf8(cell) ?? ''));
  const faults = faultsOfHeader(header, columns);
  if (faults.length > 0) return { kind: 'wrong', faults };
  return peopleOf(others, columns as Column[]);
}

type Row = { readonly line: number; readonly cells: readonly string[] };

function rowsOf(text: string): Row[] | (PeopleFile & { kind: 'wrong' }) {
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = head.includes(';') ? ';' : ',';
  const options = { delimiter, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
  try {
    const found = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return found
      .filter(({ record }) => record.some((cell) => cell !== ''))
      .map(({ record, info }) => ({
        // The library counts to the end of a row.
        line: info.lines - record.join('').split('\n').length + 1,
        cells: record,
      }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines']);
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return wrong(line, 'is the end, and a quotation mark before it is not closed');
    return wrong(line, 'has a quotation mark in the wrong place: one within a quoted cell is written twice');
  }
}

function columnOf(name: string): Column | undefined {
  const plain = name.toLowerCase();
  return plain === 'email' ? 'e-mail' : COLUMNS.find((column) => column === plain);
}

function faultsOfHeader({ line, cells }: Row, columns: readonly (Column | undefined)[]): RowFault[] {
  const faults = columns.flatMap((column, index): RowFault[] => {
    if (column === undefined) {
      const name = inUtf8(cells[index] ?? '') ?? '';
      return [{ line, message: `names a column "${name}": there are ${COLUMNS.join(', ')}` }];
    }
    return columns.indexOf(column) < index ? [{ line, field: column, message: 'is named twice' }] : [];
  });
  if (faults.length > 0 || columns.includes('e-mail')) return faults;
  return [{ line, message: 'names no column e-mail' }];
}

function peopleOf(rows: readonly Row[], columns: readonly Column[]): PeopleFile {
  const people: WrittenPerson[] = [];
  const faults: RowFault[] = [];
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      faults.push({ line, message: `has ${cells.length} cells, and the first line has ${columns.length}` });
      continue;
    }
    const fault = (field: Column, message: string) => void faults.push({ line, field, message });
    const texts: Partial<Record<Column, string>> = {};
    for (const [index, column] of columns.entries()) {
      const cell = inUtf8(cells[index] ?? '');
      if (cell === undefined) fault(column, 'is not UTF-8: save the table as CSV in UTF-8');
      else texts[column] = cell;
    }
    const { name = '', until: date = '' } = texts;
    const roles = (texts.roles ?? '').split(/[,;]/).map((role) => role.trim());
    const known = roles.filter((role) => role !== '');
    const until = date === '' ? undefined : readMoment(date);
    if (date !== '' && until === undefined) fault('until', `${date} is not a date: write 2027-07-01`);
    if (date !== '' && known.length === 0) fault('until', 'is there, and no role that could end');
    people.push({
      line,
      email: texts['e-mail'] ?? '',
      name: name === '' ? undefined : name,
      roles: known,
      until: until === undefined ? undefined : new Date(until),
    });
  }
  return faults.length > 0 ? { kind: 'wrong', faults } : { kind: 'people', people };
}

/** The text of bytes that were read as Latin 1; `undefined` where they are no UTF-8. */
function inUtf8(cell: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cell, 'latin1'));
  } catch {
    return undefined;
  }
}

function wrong(line: number, message: string): PeopleFile & { kind: 'wrong' } {
  return { kind: 'wrong', faults: [{ line, message }] };
}
