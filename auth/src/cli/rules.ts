import { readFile } from 'node:fs/promises';
import type { RuleTree } from '../access/ruleTree.ts';
import { loadConfig } from '../config/load.ts';
import { placeOf as findPlace } from '../gate/why.ts';
import { Refused } from '../identity/errors.ts';
import { Catalogue } from '../images/catalogue/catalogue.ts';
import { ACCESS_FILE } from '../permissions/accessFileOnDisk.ts';
import type { Remark } from '../permissions/remarks.ts';
import { rulesOfFolder } from '../permissions/rulesInForce.ts';
import { inWords, type Fault } from '../permissions/yamlFile.ts';
import { systemClock } from '../shared/clock.ts';
import type { Resource } from '../access/resource.ts';
import { UsageError, type Terminal } from './command.ts';
import { say } from './print.ts';
import { withServices, type Services } from './services.ts';

/** The rules as a command reads them: those of the file and of the database as they are now. */
export type Rules = {
  readonly tree: RuleTree;
  /** What names nothing in them. */
  readonly remarks: readonly Remark[];
  readonly catalogue: Catalogue;
  /** The folder of images. */
  readonly directory: string;
  /** Whether manifests are protected like their images. */
  readonly manifestsProtected: boolean;
  readonly services: Services;
};

/**
 * Lends the rules that are in force to a command.
 * @throws ConfigError, StoreUnavailable; Refused where access.yml cannot be used, with all that is wrong with it; and what
 *   `work` throws
 */
export async function withRules(terminal: Terminal, work: (rules: Rules) => Promise<void>): Promise<void> {
  const { images, manifests, demo, defaultRule } = loadConfig(terminal.env);
  const { directory } = images;
  await withServices(terminal, async (services) => {
    const catalogue = new Catalogue(directory);
    // Says what is wrong with them; below they are only not in force.
    await services.rules.rules();
    const rules = rulesOfFolder(directory, services.rules, {
      demo,
      fallback: defaultRule,
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
    if (rules.faults.length > 0) throw faulty(ACCESS_FILE, rules.faults);
    await work({
      tree: rules.rules,
      remarks: rules.remarks,
      catalogue,
      directory,
      manifestsProtected: manifests.protected,
      services,
    });
  });
}

/** What somebody means by an address or a path. @throws UsageError where it is none */
export function placeOf({ catalogue }: Pick<Rules, 'catalogue'>, typed: string): Promise<Resource> {
  return ofUsage(findPlace(catalogue, typed));
}

/** What is asked, where a mistake in it is one of the command line. @throws UsageError, and what `asked` throws else */
export async function ofUsage<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refused && ['place', 'from', 'at'].includes(error.field)) throw new UsageError(error.message);
    throw error;
  }
}

/** What is wrong in a file, to be thrown. */
export function faulty(file: string, faults: readonly Fault[]): Refused {
  return new Refused('file', faults.map((fault) => `${file}, ${inWords(fault)}`).join('\n'));
}

/** @throws Refused where it cannot be read */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refused('file', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
