import { describe, expect, it } from 'vitest';
import { readPeople } from './peopleFile.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const july = new Date('2027-07-01T00:00:00Z');
const ada = { email: 'ada@example.org', name: 'Ada Löß', roles: ['seminar', 'staff'], until: july };

describe('people', () => {
  it.each([
    ['with ;', 'e-mail;name;roles;until\nada@example.org;Ada Löß;seminar,staff;2027-07-01T00:00Z\n', 2],
    ['with ,', 'e-mail,name,roles,until\nada@example.org,Ada Löß,seminar;staff,2027-07-01T00:00Z', 2],
    [
      'with a byte order mark and ends of lines as Windows has them',
      '\uFEFFE-Mail;Name;Roles;Until\r\nada@example.org;Ada Löß;seminar, staff;2027-07-01T00:00Z\r\n',
      2,
    ],
    [
      'with quotes',
      '"email","name","roles","until"\n"ada@example.org","Ada Löß","seminar,staff","2027-07-01T00:00Z"\n',
      2,
    ],
    [
      'in another order, with empty lines',
      'roles;until;name;e-mail\n\n;;;\nseminar,,staff;2027-07-01T00:00Z; Ada Löß ;ada@example.org\n\n',
      4,
    ],
  ])('are read from a file %s', (_what, text, line) => {
    expect(readPeople(bytes(text))).toEqual({ kind: 'people', people: [{ line, ...ada }] });
  });

  it('need no column but that of the e-mail address', () => {
    const nothing = { name: undefined, roles: [], until: undefined };
    const people = [{ line: 2, email: 'ada@example.org', ...nothing }];
    expect(readPeople(bytes('e-mail\nada@example.org\n'))).toEqual({ kind: 'people', people });
  });

  it('keep their line after a cell of two lines', () => {
    const read = readPeople(bytes('e-mail;name\na@example.org;"A\nB"\nb@example.org;B;too many\n'));
    expect(read).toMatchObject({ faults: [{ line: 4, message: 'has 3 cells, and the first line has 2' }] });
    const two = readPeople(bytes('e-mail;name\na@example.org;"A\nB"\nb@example.org;B\n'));
    expect(two).toMatchObject({ people: [{ line: 2 }, { line: 4 }] });
  });
});

describe('a file with mistakes names line and field', () => {
  it.each<[string, string | Uint8Array, unknown]>([
    ['nothing in it', '', { line: 1, message: expect.stringContaining('is missing') as unknown }],
    ['no e-mail', 'name;roles\nAda;staff', { line: 1, message: 'names no column e-mail' }],
    [
      'another column',
      'e-mail;Telefon\na@example.org;1',
      { line: 1, message: expect.stringContaining('"Telefon"') as unknown },
    ],
    ['a column twice', 'e-mail;email\na@example.org;b', { line: 1, field: 'e-mail', message: 'is named twice' }],
    [
      'a date as it is written elsewhere',
      'e-mail;roles;until\na@example.org;staff;01.07.2027',
      { line: 2, field: 'until', message: '01.07.2027 is not a date: write 2027-07-01' },
    ],
    [
      'an end of nothing',
      'e-mail;roles;until\na@example.org;;2027-07-01',
      { line: 2, field: 'until', message: expect.stringContaining('no role') as unknown },
    ],
    [
      'Latin 1',
      Buffer.from('e-mail;name\na@example.org;A\nb@example.org;L\u00F6\u00DF\n', 'latin1'),
      { line: 3, field: 'name', message: expect.stringContaining('not UTF-8') as unknown },
    ],
    [
      'UTF-16',
      Buffer.from('\uFEFFe-mail;name\n', 'utf16le'),
      { line: 1, message: expect.stringContaining('UTF-16') as unknown },
    ],
    [
      'a quotation mark that is open',
      'e-mail;name\na@example.org;"A\nb@example.org;B\n',
      { message: expect.stringContaining('not closed') as unknown },
    ],
    [
      'a quotation mark within a cell',
      'e-mail;name\na@example.org;A "B" C\n',
      { line: 2, message: expect.stringContaining('quotation mark') as unknown },
    ],
    ['too many', `e-mail\n${'a'.repeat(2_000_000)}`, { line: 1, message: expect.stringContaining('2 MB') as unknown }],
  ])('%s', (_what, file, fault) => {
    const read = readPeople(typeof file === 'string' ? bytes(file) : file);
    expect(read).toMatchObject({ kind: 'wrong', faults: [fault] });
  });
});
