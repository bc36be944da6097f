import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSafeName } from '../../iiif/identifier.ts';
import { PRESENTATION_3_CONTEXT } from '../../iiif/vocabulary.ts';
import { systemClock, type Clock } from '../../shared/clock.ts';
import { ifThere, localDisk, type Disk } from '../catalogue/disk.ts';
import { Spelling } from '../catalogue/spelling.ts';

export type HandmadeManifest =
  | { readonly kind: 'handmade'; readonly json: string; readonly isCollection: boolean }
  /** There, and of no use. */
  | { readonly kind: 'unusable'; readonly file: string; readonly reason: string };

/** The root's, which has no name. A folder that is called so cannot have one made by hand. */
const ROOT = '_root';
const EXTENSION = '.json';
/** The type of one, in either version of the Presentation API. */
const COLLECTIONS: readonly unknown[] = ['Collection', 'sc:Collection'];

/** The manifests in `MANIFEST_DIR`: a file `maps!atlas.json` for the folder `maps/atlas`. */
export class Handmade {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #spelling: Spelling;

  /** `folder`: `MANIFEST_DIR`. */
  constructor(folder: string, { disk = localDisk, now = systemClock }: { disk?: Disk; now?: Clock } = {}) {
    this.#folder = folder;
    this.#disk = disk;
    this.#spelling = new Spelling(disk, now);
  }

  /** The files that are served for no folder, however it is called: their names are no identifiers of one. */
  async unserved(): Promise<string[]> {
    const names = (await ifThere(this.#disk.names(this.#folder))) ?? [];
    return names.filter((name) => !name.startsWith('.') && !pathOf(name)?.every(isSafeName));
  }

  /** The folders that there are manifests for, by the parts of their paths. */
  async folders(): Promise<string[][]> {
    const names = (await ifThere(this.#disk.names(this.#folder))) ?? [];
    return names
      .map(pathOf)
      .filter((path) => path?.every(isSafeName) === true && path.join('!') !== ROOT) as string[][];
  }

  /** The manifest of a folder, by the parts of its path; one counts in the version of the Presentation API it is of. */
  async read(path: readonly string[], version: 2 | 3): Promise<HandmadeManifest | undefined> {
    if (path.length === 1 && path[0] === ROOT) return undefined;
    const name = `${path.length === 0 ? ROOT : path.join('!')}${EXTENSION}`;
    const file = join(this.#folder, name);
    let json: string;
    try {
      json = (await readFile(file, 'utf8')).replace(/^\uFEFF/, ''); // editors of Windows begin a file with it
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENAMETOOLONG') return undefined;
      return { kind: 'unusable', file, reason: String(code) };
    }
    // It is judged by its name, so it must be this one and not another that the disk takes for the same.
    if (!(await this.#spelling.isListed(this.#folder, name))) return undefined;
    let document: unknown;
    try {
      document = JSON.parse(json);
    } catch (error) {
      return { kind: 'unusable', file, reason: String(error) };
    }
    if (typeof document !== 'object' || document === null || Array.isArray(document)) {
      return { kind: 'unusable', file, reason: 'it is not one JSON object' };
    }
    const { type, '@type': type2 } = document as { readonly type?: unknown; readonly '@type'?: unknown };
    const isCollection = COLLECTIONS.includes(type) || COLLECTIONS.includes(type2);
    return presentationVersionOf(json) === version ? { kind: 'handmade', json, isCollection } : undefined;
  }
}

/** `undefined` for a name that is not one of a manifest. */
function pathOf(name: string): string[] | undefined {
  return name.endsWith(EXTENSION) ? name.slice(0, -EXTENSION.length).split('!') : undefined;
}

function presentationVersionOf(json: string): 2 | 3 {
  return json.includes(PRESENTATION_3_CONTEXT) ? 3 : 2;
}
