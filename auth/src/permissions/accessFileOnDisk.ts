import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Rule } from '../access/rules.ts';
import { entriesAside } from './entriesAside.ts';
import { RuleReading } from './ruleReading.ts';
import { LONGEST, type Wrong } from './yamlFile.ts';

type AccessFile = { readonly kind: 'rules'; readonly rules: readonly Rule[] } | Wrong;

/** What a look found: nothing new, no file, a file, or that the disk does not say. */
export type Look =
  | AccessFile
  | { readonly kind: 'same' }
  /** `instead`: a file whose name nearly is the one that is read. */
  | { readonly kind: 'none'; readonly instead: string | undefined }
  /** `why`: in words, for the log. */
  | { readonly kind: 'silent'; readonly why: string };

/** Its name, in the folder of images. */
export const ACCESS_FILE = 'access.yml';

const NONE = 'none';
const AWAY = 'the folder of images is another than before, without an access.yml';

/**
 * An access.yml on the disk, which is believed when it was the same at two looks: a file is written bit by bit. That there
 * is none is believed of the folder that it was in, and not of another in its place: a share may be away.
 */
export class AccessFileOnDisk {
  readonly #path: string;
  readonly #name: string;
  #reading: RuleReading;
  #seen: string | undefined;
  #read: string | undefined;
  /** The folder that it was last read in. */
  #folder: string | undefined;

  /** `path`: absolute; `name`: as its rules and messages call it. */
  constructor(path: string, name: string) {
    this.#path = path;
    this.#name = name;
    this.#reading = RuleReading.nothing(name);
  }

  /** Never rejects. The first look believes what it sees: there is nothing before it. */
  async look(): Promise<Look> {
    try {
      const folder = await identityOf(dirname(this.#path));
      const state = await this.#state();
      if (state === NONE && this.#folder !== undefined && folder !== this.#folder) return { kind: 'silent', why: AWAY };
      const isQuiet = state === this.#seen || this.#read === undefined;
      this.#seen = state;
      if (!isQuiet || state === this.#read) return { kind: 'same' };
      const found = await this.#find(state);
      // What was written while it was read is looked at again.
      if ((await this.#state()) !== state) return { kind: 'same' };
      this.#read = state;
      this.#folder = state === NONE ? undefined : folder;
      return found;
    } catch (error) {
      return { kind: 'silent', why: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Whoever writes `Access.yml` believes it to be read. */
  async #instead(): Promise<string | undefined> {
    const names = await readdir(dirname(this.#path));
    return names.find((name) => /^access\.ya?ml$/i.test(name) && name !== ACCESS_FILE);
  }

  async #state(): Promise<string> {
    const stats = await stat(this.#path, { bigint: true }).catch(problemOf);
    if (stats === undefined) return (await isLink(this.#path)) ? 'a link that leads to nothing' : NONE;
    if (typeof stats === 'string') return stats;
    return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs, stats.isFile()].join(' ');
  }

  async #find(state: string): Promise<Exclude<Look, { kind: 'same' | 'silent' }>> {
    if (state === NONE) return { kind: 'none', instead: await this.#instead() };
    const fault = (message: string): AccessFile => ({ kind: 'wrong', faults: [{ line: 1, column: 1, message }] });
    if (state.startsWith('a link')) return fault(`is ${state}`);
    if (!state.endsWith('true')) return fault('is not a file');
    if (BigInt(state.split(' ')[2] ?? 0) > LONGEST) return fault(`is longer than ${LONGEST} bytes`);
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(this.#path));
      const read = await entriesAside(text, this.#name);
      if (read.kind === 'wrong') return read;
      this.#reading = await this.#reading.next(read.entries);
      return { kind: 'rules', rules: this.#reading.rules };
    } catch (error) {
      if (error instanceof TypeError) return fault('is not UTF-8');
      if (isOf(error, 'EACCES')) return fault("may not be read by Vitrine's user: chmod a+r");
      throw error;
    }
  }
}

/** @throws where there is no such folder */
async function identityOf(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return `${dev} ${ino}`;
}

/** `undefined` where there is no such file. @throws where the disk does not say */
function problemOf(error: unknown): string | undefined {
  if (isOf(error, 'ENOENT')) return undefined;
  if (isOf(error, 'ELOOP')) return 'a link to itself';
  throw error;
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(problemOf)) !== undefined;
}

function isOf(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
