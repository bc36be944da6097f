import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bad, good, type Parsed } from '../shared/result.ts';

/** Where a secret of that variable is kept: `AUTH_SECRET_KEY` in `<folder>/auth-secret-key`. */
function keptFile(directory: string, variable: string): string {
  return join(directory, variable.toLowerCase().replaceAll('_', '-'));
}

/**
 * The secret that is kept for a variable; the first call makes it (256 random bits, in hexadecimal).
 * @param directory an existing folder that can be written to
 */
export function keptSecret(directory: string, variable: string): Parsed<string> {
  const file = keptFile(directory, variable);
  try {
    return check(readOrMake(file), file);
  } catch (error) {
    return bad(`The generated secret in ${file} cannot be read or made (${String(error)}). Set ${variable}.`);
  }
}

function readOrMake(file: string): string {
  const kept = readIfThere(file);
  if (kept !== undefined) return kept;
  make(file);
  // Read, not remembered: if two services start at once, both take what the faster one kept.
  return readFileSync(file, 'utf8');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Links a finished file into place: nobody ever sees half a secret, and a link never overwrites. */
function make(file: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeSync(descriptor, `${randomBytes(32).toString('hex')}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function check(text: string, file: string): Parsed<string> {
  const value = text.trimEnd();
  if (/^[0-9a-f]{64}$/.test(value)) return good(value);
  return bad(
    `The generated secret in ${file} is damaged. Put the file back from a backup. Without one, delete it: ` +
      'a new one is made. A new key ends tokens, visits and logins of the panel; a new salt ends all passwords.',
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
