import { join, resolve } from 'node:path';
import type { RuleTree } from '../access/ruleTree.ts';
import type { Rule } from '../access/rules.ts';
import { findRenamed } from '../images/facts/renamedFolder.ts';
import { PANEL } from '../permissions/ruleEntries.ts';
import { AccessFileOnDisk } from '../permissions/accessFileOnDisk.ts';
import { why } from '../gate/why.ts';
import { Refused } from '../identity/errors.ts';
import {
  decisionInWords,
  explanationInWords,
  questionInWords,
  remarksInWords,
  ruleInWords,
} from '../permissions/words.ts';
import { systemClock } from '../shared/clock.ts';
import { command, type Terminal } from './command.ts';
import { printList, say } from './print.ts';
import { faulty, ofUsage, placeOf, withRules, type Rules } from './rules.ts';
import { TEST_FILE, testRules } from './ruleTest.ts';

const list = command({
  name: 'rules list',
  synopsis: '[--json]',
  says: 'Lists the rules that are in force: for which folder or image, and who sees what.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withRules(terminal, async (rules) => {
      const { tree } = rules;
      const lines = tree.rules.flatMap((rule) => ruleInWords(rule).map((words) => ({ ...named(rule, tree), words })));
      printList(terminal, lines, {
        json,
        headings: ['FOLDER', 'RULE', 'WHO SEES WHAT'],
        row: ({ folder, rule, words }) => [folder, rule, words],
      });
      await offerMoves(rules, terminal);
    });
  },
});

const show = command({
  name: 'rules show',
  synopsis: 'FOLDER',
  says: 'Says which rule holds for a folder or an image, and those that it overrules. FOLDER . is all.',
  options: {},
  words: [1, 1],
  async run(_values, [typed = ''], terminal) {
    await withRules(terminal, async (rules) => {
      const { path } = await placeOf(rules, typed);
      const [holds, ...overruled] = rules.tree.at(path);
      terminal.stdout.write(`${path.join('/') || '.'}: ${holds.name}\n`);
      for (const words of ruleInWords(holds)) terminal.stdout.write(`  ${words}\n`);
      for (const rule of overruled) terminal.stdout.write(`overrules: ${rule.name}\n`);
    });
  },
});

const check = command({
  name: 'rules check',
  synopsis: '[FILE]',
  says: 'Reads an access.yml as the service would, and says what is wrong with it, by line and column. Without FILE the one in the folder of images.',
  options: {},
  words: [0, 1],
  async run(_values, [file], terminal) {
    if (file === undefined) {
      await withRules(terminal, ({ tree, directory }) => {
        say(terminal, `The rules of ${directory} are right: there are ${tree.rules.length}.`);
        return Promise.resolve();
      });
      return;
    }
    const read = await new AccessFileOnDisk(resolve(file), file).look();
    if (read.kind === 'wrong') throw faulty(file, read.faults);
    if (read.kind !== 'rules') throw new Refused('file', `${file} is not there, or cannot be looked at.`);
    say(terminal, `The rules of ${file} are right: there are ${read.rules.length}.`);
  },
});

const test = command({
  name: 'rules test',
  synopsis: '[FILE]',
  says: `Asks the rules what each line of a file expects of them. Without FILE it is ${TEST_FILE} in the folder of images. Exits with 1 where they say otherwise.`,
  options: {},
  words: [0, 1],
  async run(_values, [given], terminal) {
    await withRules(terminal, async (rules) => {
      await testRules(given ?? join(rules.directory, TEST_FILE), rules, terminal);
    });
  },
});

const explain = command({
  name: 'explain',
  synopsis: '[--user E-MAIL] [--from ADDRESS] [--at DATE] [--agreed] [--kiosk] [--key NAME] [--share ID] PLACE',
  says: 'Says whether somebody sees an image or a manifest, and why: each rule that was looked at, and what was missing. PLACE is an address as viewers ask for it, an identifier, or a path below the folder of images.',
  options: {
    user: { type: 'string' },
    from: { type: 'string' },
    at: { type: 'string' },
    agreed: { type: 'boolean' },
    kiosk: { type: 'boolean' },
    key: { type: 'string' },
    share: { type: 'string' },
  },
  words: [1, 1],
  async run(
    { user = '', from = '', at = '', agreed = false, kiosk = false, key = '', share = '' },
    [place = ''],
    terminal,
  ) {
    await withRules(terminal, async (rules) => {
      const { catalogue, manifestsProtected, services } = rules;
      const parts = { ...services, catalogue, manifestsProtected, rules: rules.tree, now: systemClock().getTime() };
      const found = await ofUsage(why({ place, user, from, at, agreed, kiosk, key, share }, parts));
      const { explanation } = found;
      const asked = questionInWords({ ...found, path: found.resource.path });
      terminal.stdout.write(`${asked}: ${decisionInWords(explanation.decision)}\n`);
      for (const remark of remarksInWords(found)) say(terminal, remark);
      terminal.stdout.write(`\n${explanationInWords(explanation).join('\n')}\n`);
    });
  },
});

/** A folder that is gone, and the one that has its images now. */
async function offerMoves({ tree, catalogue, remarks, services }: Rules, terminal: Terminal): Promise<void> {
  for (const { about } of remarks) {
    if (about.kind !== 'gone') continue;
    const renamed = (await findRenamed(catalogue, services.facts, about.path))?.join('/');
    if (renamed === undefined) continue;
    const gone = about.path.join('/');
    const below = tree.rules.filter(({ where }) => about.path.every((part, depth) => part === where[depth]));
    const sources = new Set(below.map(({ name }) => name.split(': ')[0] ?? ''));
    const remedies = [...sources].map((source) =>
      source === PANEL
        ? `vitrine rules move ${shellWord(gone)} ${shellWord(renamed)}`
        : `write ${renamed} in ${source}`,
    );
    say(terminal, `${gone} is gone; ${renamed} looks like it: ${remedies.join(', and ')}`);
  }
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Of two rules for the same place the first one counts. */
function named(rule: Rule, tree: RuleTree): { readonly folder: string; readonly rule: string } {
  const [holds] = tree.at(rule.where);
  const overruled = holds === rule ? '' : ` (overruled by ${holds.name})`;
  return { folder: rule.where.join('/') || '.', rule: rule.name + overruled };
}

export const ruleCommands = [list, show, check, test, explain];
