import { Refused } from '../identity/errors.ts';
import { readAccessTest, unmetOf, type Unmet } from '../permissions/accessTest.ts';
import { systemClock } from '../shared/clock.ts';
import type { Terminal } from './command.ts';
import { say } from './print.ts';
import { faulty, placeOf, textOf, type Rules } from './rules.ts';

/** Its name, in the folder of images. */
export const TEST_FILE = 'access.test.yml';

/** Asks rules what a file expects of them, and says what is otherwise. @throws Refused where anything is */
export async function testRules(
  file: string,
  rules: Pick<Rules, 'tree' | 'catalogue'>,
  terminal: Terminal,
): Promise<void> {
  const read = readAccessTest(await textOf(file));
  if (read.kind === 'wrong') throw faulty(file, read.faults);
  // Where links lead, and files without the ending of their names, as the gate finds them.
  const asked = await Promise.all(
    read.expectations.map(async (expectation) => ({ expectation, place: await placeOf(rules, expectation.what) })),
  );
  const unmet = unmetOf(asked, rules.tree, systemClock().getTime());
  for (const one of unmet) terminal.stdout.write(`${inWords(one)}\n`);
  const met = read.expectations.length - unmet.length;
  say(terminal, `${met} of ${read.expectations.length} expectations are met.`);
  if (unmet.length > 0) throw new Refused('rules', `The rules are not what ${file} expects.`);
}

function inWords({ number, expectation, sees }: Unmet): string {
  const { who, what } = expectation;
  const somebody = who.kind === 'user' ? who.email : 'anonymous';
  return `${number}: ${what}, ${somebody}: sees ${said(sees)}, expected was ${said(expectation.sees)}`;
}

function said(pixels: number): string {
  if (pixels === 0) return 'nothing';
  return pixels === Infinity ? 'all' : `${pixels} pixels`;
}
