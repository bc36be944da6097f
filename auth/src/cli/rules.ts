import { readFile } from 'node:fs/promises';
import type { RuleTree } from '../access/ruleTree.ts';
import { loadConfig } from '../config/load.ts';
import { Refused } from '../identity/errors.ts';
import { Catalogue } from '../images/catalogue/catalogue.ts';
import { ACCESS_FILE } from '../permissions/accessFileOnDisk.ts';
import { rulesOfFolder } from '../permissions/rulesInForce.ts';
import { inWords, type Fault } from '../permissions/yamlFile.ts';
import { systemClock } from '../shared/clock.ts';
import type { Terminal } from './command.ts';
import { say } from './print.ts';

/** The rules as a command reads them: those of the files as they are now. */
export type Rules = {
  readonly tree: RuleTree;
  readonly catalogue: Catalogue;
  /** The folder of images. */
  readonly directory: string;
};

/** @throws ConfigError; Refused where access.yml cannot be used, with all that is wrong with it */
export async function rulesOf(terminal: Terminal): Promise<Rules> {
  const { images, demo } = loadConfig(terminal.env);
  const { directory } = images;
  const catalogue = new Catalogue(directory);
  const rules = rulesOfFolder(directory, {
    demo,
    catalogue,
    log: {
      info: () => undefined,
      warn: (_, message) => {
        say(terminal, message);
      },
      error: () => undefined,
    },
    now: () => systemClock().getTime(),
  });
  await rules.refresh();
  refuseFaults(ACCESS_FILE, rules.faults);
  return { tree: rules.rules, catalogue, directory };
}

/** @throws Refused where there are any */
export function refuseFaults(file: string, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Refused('file', faults.map((fault) => `${file}, ${inWords(fault)}`).join('\n'));
}

/** @throws Refused where it cannot be read */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refused('file', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
