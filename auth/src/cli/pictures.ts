import { loadConfig } from '../config/load.ts';
import { Refused } from '../identity/errors.ts';
import { Catalogue } from '../images/catalogue/catalogue.ts';
import { Census } from '../images/census/census.ts';
import { overviewOf, type Overview } from '../images/census/overview.ts';
import type { FactStore } from '../images/facts/facts.ts';
import { FolderImages } from '../images/facts/folderImages.ts';
import { KeptFacts } from '../images/facts/keptFacts.ts';
import { KnownFacts } from '../images/facts/knownFacts.ts';
import { survey } from '../images/facts/survey.ts';
import { UnservedLog } from '../images/facts/unservedLog.ts';
import { PyramidsClient, type Wish } from '../images/pyramids/client.ts';
import type { Terminal } from './command.ts';

/** The pictures as a command sees them: it asks `pyramids`, which runs, and keeps nothing. */
export type Pictures = {
  readonly catalogue: Catalogue;
  readonly pyramids: PyramidsClient;
  /** Looks at a folder and all below it. @throws Refused where it is not there, or `pyramids` does not answer */
  readonly survey: (from: readonly string[], wish: Wish) => Promise<Census>;
  /** @throws Refused where `pyramids` does not answer */
  readonly overview: (census: Census) => Promise<Overview>;
};

const silent = { info: () => undefined, warn: () => undefined };
const keepsNothing: FactStore = {
  load: () => Promise.resolve(new Map()),
  save: () => Promise.resolve(),
  any: () => Promise.resolve(false),
};

/** @throws ConfigError */
export function picturesOf(terminal: Terminal): Pictures {
  const { images } = loadConfig(terminal.env);
  const catalogue = new Catalogue(images.directory);
  const pyramids = new PyramidsClient(images.pyramidsUrl, silent);
  const unserved = new UnservedLog(catalogue, silent);
  const known = new KnownFacts(pyramids, new KeptFacts(keepsNothing, images, silent), unserved);
  const folderImages = new FolderImages(catalogue, known, unserved);
  const status = async () => {
    const answer = await pyramids.status();
    if ('kind' in answer) throw new Refused('pyramids', `The service pyramids does not answer: ${answer.reason}`);
    return answer;
  };
  return {
    catalogue,
    pyramids,
    survey: async (from, wish) => {
      await status();
      if (!(await catalogue.folder(from))) throw new Refused('folder', `There is no folder ${from.join('/')}`);
      const census = new Census();
      await survey(catalogue, folderImages, census, { isOver: () => false, wish, from });
      return census;
    },
    overview: async (census) => overviewOf(census.folders, await status()),
  };
}

/** The parts of a path as somebody types it: below `IMAGE_DIR`, with `/` or, as in identifiers, `!` between them. */
export function partsOf(typed = ''): string[] {
  return typed.split(/[/!]/).filter((part) => part !== '' && part !== '.');
}
