import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { bad, good, type Parsed } from '../shared/result.ts';
import { folderProblem } from './folders.ts';

/** What the template's secrets begin with. Nothing that begins like this is ever accepted as a secret. */
export const templateText = 'change-me';

/** Length, in characters, below which a key could be guessed by trying. */
const keyLength = 32;

const howToMake = 'Make one with: openssl rand -hex 32';

export function isTemplateText(text: string): boolean {
  return text.toLowerCase().startsWith(templateText);
}

/** Keys that nobody has to remember. */
export const key = z
  .string()
  .refine((text) => !isTemplateText(text), {
    error: `This is still the text of the template. ${howToMake}`,
    abort: true,
  })
  .refine((text) => text.length >= keyLength, { error: `This is shorter than ${keyLength} characters. ${howToMake}` })
  .describe(`at least ${keyLength} characters`);

/** A password that somebody types. */
export const password = z
  .string()
  .refine((text) => !isTemplateText(text), { error: 'This is still the text of the template. Choose a password.' })
  .refine((text) => text.length >= 8, { error: 'This is shorter than 8 characters. Choose a longer password.' })
  .refine((text) => text.length <= 1024, { error: 'This is longer than 1024 characters. Choose a shorter password.' })
  .describe('at least 8 characters');

const spellings = 'Write sqlite:////absolute/path/auth.db (four slashes) or postgres://user:password@host/database.';

type Database = { type: 'sqlite'; file: string } | { type: 'postgres'; url: string };

/** Reads SQLAlchemy's spelling: three slashes before a relative path, four before an absolute one. */
function readDatabase(text: string): Parsed<Database> {
  const file = /^sqlite:\/\/\/([^?]+)$/.exec(text)?.[1];
  if (file === ':memory:') return bad('A database in memory would forget everybody. Name a file.');
  if (file !== undefined) return readSqlite(resolve(file));
  if (!/^postgres(ql)?:\/\//.test(text)) return bad(spellings);
  const url = URL.parse(text);
  if (url === null)
    return bad(`This is not an address. ${spellings} Write / # ? @ : in a password as %2F %23 %3F %40 %3A.`);
  if (isTemplateText(url.password)) return bad('The password in it is still the text of the template.');
  return good({ type: 'postgres', url: text });
}

function readSqlite(file: string): Parsed<Database> {
  try {
    const problem = folderProblem(dirname(file), 'write');
    return problem === undefined ? good({ type: 'sqlite', file }) : bad(`The folder ${dirname(file)}: ${problem}`);
  } catch (error) {
    return bad(`The folder ${dirname(file)} cannot be looked at (${String(error)}).`);
  }
}

export const database = z
  .string()
  .transform((text, context): Database => {
    const read = readDatabase(text);
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: read.message });
    return z.NEVER;
  })
  .describe('`sqlite:///…` (a file) or `postgres://…`');
