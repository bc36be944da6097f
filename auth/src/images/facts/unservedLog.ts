import { join } from 'node:path';
import type { Log } from '../../shared/log.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Stray } from '../catalogue/entries.ts';
import type { Folder } from '../catalogue/listing.ts';
import type { Picture } from '../picture.ts';
import { LoggedOnce } from './loggedOnce.ts';

/** Links of a folder that are named one by one. */
const NAMED = 20;

const WHY_ASTRAY: Readonly<Record<Stray['why'], string>> = {
  absent: 'it is a link that leads to nothing, or to what may not be read',
  outside: 'it is a link that leads out of IMAGE_DIR; mount that folder within IMAGE_DIR instead',
  unsafe: 'it is a link to a name that cannot be part of an address; rename what it leads to',
  misspelt: 'it is a link that spells what it leads to in another way than the folder there does',
  special: 'it is neither a file nor a folder',
};

export const WRONG_NAME = {
  reason: 'its name holds a character that cannot be part of an address',
  remedy: 'rename it, in UTF-8, without ! \\ and control characters',
} as const;

/** Says in the log which files are not served, each once, and what to do about it. */
export class UnservedLog {
  readonly #catalogue: Pick<Catalogue, 'describe'>;
  readonly #lines: LoggedOnce;

  constructor(catalogue: Pick<Catalogue, 'describe'>, log: Pick<Log, 'warn'>) {
    this.#catalogue = catalogue;
    this.#lines = new LoggedOnce(log);
  }

  /** What its names alone say of a folder: names that no address can hold, links that lead nowhere. */
  folder(folder: Folder): void {
    for (const name of folder.passedOver) {
      const file = this.#catalogue.describe([...folder.path, name]);
      this.once(file, `${file} is not served: ${WRONG_NAME.reason}; ${WRONG_NAME.remedy}`);
    }
    const path = this.#catalogue.describe(folder.path);
    for (const { name, why } of folder.astray.slice(0, NAMED)) {
      const file = join(path, name);
      this.once(file, `${file} is not served: ${WHY_ASTRAY[why]}`);
    }
    const more = folder.astray.length - NAMED;
    if (more > 0) {
      const what = 'they are links that lead out of IMAGE_DIR or to nothing, or no files';
      this.once(join(path, '*'), `${more} more names in ${path} are not served: ${what}`);
    }
  }

  /** `what` continues the name of the image. */
  image({ real }: Picture, what: string, remedy?: string): void {
    const file = this.#catalogue.describe(real);
    this.once(file, `${file} ${what}`, remedy);
  }

  /** A line about a file, once as long as it is remembered. */
  once(file: string, message: string, remedy?: string): void {
    this.#lines.once(file, message, remedy);
  }
}
