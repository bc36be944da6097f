import type { AuditAction } from '../observability/audit.ts';
import { Refused } from '../identity/errors.ts';
import { UsageError, command, type Terminal } from './command.ts';
import type { RuleDocument } from '../permissions/ruleEntries.ts';
import type { RuleChange } from '../permissions/storedRules.ts';
import { changeInWords, documentOf, ruleValue, writeDocument } from '../permissions/ruleDocument.ts';
import { faulty, textOf } from './rules.ts';
import { say } from './print.ts';
import { withServices } from './services.ts';

const set = command({
  name: 'rules set',
  synopsis: 'FOLDER RULE',
  says: "Says who sees a folder or an image, as an access.yml would: everyone, users, nobody, or grants such as '[{ who: { roles: staff } }]'. What access.yml itself says of it comes first.",
  options: {},
  words: [2, 2],
  async run(_values, [place = '', rule = ''], terminal) {
    await change(place, valueOf(rule), 'rule.change', terminal);
  },
});

const remove = command({
  name: 'rules remove',
  synopsis: 'FOLDER',
  says: 'Takes away the rule that was set for a folder or an image.',
  options: {},
  words: [1, 1],
  async run(_values, [place = ''], terminal) {
    await change(place, undefined, 'rule.remove', terminal);
  },
});

const move = command({
  name: 'rules move',
  synopsis: 'FROM TO',
  says: 'Gives the rules that were set for a folder, and for what is below it, to another one: to a folder that has another name now.',
  options: {},
  words: [2, 2],
  async run(_values, [from = '', to = ''], terminal) {
    await withServices(terminal, async ({ rules, record }) => {
      print(await record('rule.change', `${from} → ${to}`, () => rules.move(from, to)), terminal);
    });
  },
});

const show = command({
  name: 'rules export',
  synopsis: '',
  says: 'Writes the rules of the panel and the command line as an access.yml.',
  options: {},
  words: [0, 0],
  async run(_values, _words, terminal) {
    await withServices(terminal, async ({ rules }) => {
      terminal.stdout.write(writeDocument(await rules.document()));
    });
  },
});

const diff = command({
  name: 'rules diff',
  synopsis: 'FILE',
  says: 'Says what an import of a file, written as an access.yml, would change.',
  options: {},
  words: [1, 1],
  async run(_values, [file = ''], terminal) {
    const document = await read(file);
    await withServices(terminal, async ({ rules }) => {
      print(await rules.diff(document), terminal);
    });
  },
});

const replace = command({
  name: 'rules import',
  synopsis: '[--yes] FILE',
  says: 'Puts the rules of a file, written as an access.yml, in the place of all that were set: all of them, or nothing. A file without rules takes all away, with --yes.',
  options: { yes: { type: 'boolean' } },
  words: [1, 1],
  async run({ yes = false }, [file = ''], terminal) {
    const document = await read(file);
    await withServices(terminal, async ({ rules, record }) => {
      const changes = await rules.diff(document);
      if (changes.length > 0 && Object.keys(document.folders).length === 0 && !yes)
        throw new Refused('file', `${file} has no rules, so all that were set would go. Write --yes if that is meant.`);
      if (changes.length > 0)
        await record('rule.change', changes.map(changeInWords).join('; '), () => rules.import(document));
      print(changes, terminal);
    });
  },
});

async function change(place: string, rule: string | undefined, action: AuditAction, terminal: Terminal): Promise<void> {
  await withServices(terminal, async ({ rules, record }) => {
    const was = await rules.of(place);
    const changed = { place, before: was, after: rule };
    const words = changeInWords(changed);
    await record(action, words, () => rules.set(place, rule, { rule: was }), changed);
    say(terminal, words);
  });
}

async function read(file: string): Promise<RuleDocument> {
  const found = documentOf(await textOf(file), file);
  if (found.kind === 'wrong') throw faulty(file, found.faults);
  return found.document;
}

function print(changes: readonly RuleChange[], terminal: Terminal): void {
  for (const change of changes) terminal.stdout.write(`${changeInWords(change)}\n`);
  if (changes.length === 0) say(terminal, 'Nothing is changed by it.');
}

function valueOf(text: string): string {
  const value = ruleValue(text);
  if (!value.ok) throw new UsageError(value.message);
  return value.value;
}

export const ruleChanges = [set, remove, move, show, diff, replace];
