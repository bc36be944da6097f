import { readFileSync } from 'node:fs';
import { type Name, variables } from './schema.ts';

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the operator said about a variable, before it is checked. */
export type Reading =
  | { readonly is: 'set'; readonly value: string; readonly origin: 'environment' | 'file' }
  | { readonly is: 'unset' }
  | { readonly is: 'wrong'; readonly variable: string; readonly text: string };

/**
 * Reads a variable, or for a secret the file that `NAME_FILE` names. Empty means unset, because compose files pass
 * every variable on, set or not.
 */
export function read(name: Name, env: Environment): Reading {
  const value = env[name] ?? '';
  const file = 'secret' in variables[name] ? (env[`${name}_FILE`] ?? '') : '';
  if (value !== '' && file !== '') {
    return { is: 'wrong', variable: name, text: `${name}_FILE is set too. Keep one of the two.` };
  }
  if (file !== '') return readSecretFile(`${name}_FILE`, file);
  return value === '' ? { is: 'unset' } : { is: 'set', value, origin: 'environment' };
}

function readSecretFile(variable: string, file: string): Reading {
  const where = JSON.stringify(file);
  try {
    const value = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (value !== '') return { is: 'set', value, origin: 'file' };
    return { is: 'wrong', variable, text: `The file ${where} is empty. Write the secret into it.` };
  } catch (error) {
    const text = `The file ${where} cannot be read (${String(error)}). Correct its path or its permissions.`;
    return { is: 'wrong', variable, text };
  }
}
