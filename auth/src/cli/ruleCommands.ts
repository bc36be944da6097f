import { join } from 'node:path';
import { explain } from '../access/decide.ts';
import type { Resource } from '../access/resource.ts';
import type { Rule } from '../access/rules.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import { Refused } from '../identity/errors.ts';
import { parseNamedPlace, type NamedPlace } from '../iiif/namedPlace.ts';
import { isIP } from 'node:net';
import { readAccessFile } from '../permissions/accessFile.ts';
import { readAccessTest, unmetOf, type Unmet } from '../permissions/accessTest.ts';
import { readMoment, writeMoment } from '../permissions/dates.ts';
import { decisionInWords, explanationInWords, ruleInWords } from '../permissions/words.ts';
import { systemClock } from '../shared/clock.ts';
import { command, UsageError, type Terminal } from './command.ts';
import { printList, say } from './print.ts';
import { refuseFaults, rulesOf, textOf, type Rules } from './rules.ts';
import { userOf, withServices } from './services.ts';

const TEST_FILE = 'access.test.yml';

const list = command({
  name: 'rules list',
  synopsis: '[--json]',
  says: 'Lists the rules that are in force: for which folder or image, and who sees what.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    const { tree } = await rulesOf(terminal);
    const lines = tree.rules.flatMap((rule) => ruleInWords(rule).map((words) => ({ ...placeAndName(rule), words })));
    printList(terminal, lines, {
      json,
      headings: ['FOLDER', 'RULE', 'WHO SEES WHAT'],
      row: ({ folder, rule, words }) => [folder, rule, words],
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
    const rules = await rulesOf(terminal);
    const { path } = await realPlace(rules, typed);
    const [holds, ...overruled] = rules.tree.at(path);
    terminal.stdout.write(`${path.join('/') || '.'}: ${holds.name}\n`);
    for (const words of ruleInWords(holds)) terminal.stdout.write(`  ${words}\n`);
    for (const rule of overruled) terminal.stdout.write(`overrules: ${rule.name}\n`);
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
      const { tree } = await rulesOf(terminal);
      say(terminal, `The rules are right: there are ${tree.rules.length}.`);
      return;
    }
    const read = readAccessFile(await textOf(file), file);
    if (read.kind === 'wrong') refuseFaults(file, read.faults);
    else say(terminal, `The rules of ${file} are right: there are ${read.rules.length}.`);
  },
});

const test = command({
  name: 'rules test',
  synopsis: '[FILE]',
  says: `Asks the rules what each line of a file expects of them. Without FILE it is ${TEST_FILE} in the folder of images. Exits with 1 where they say otherwise.`,
  options: {},
  words: [0, 1],
  async run(_values, [given], terminal) {
    const { tree, directory } = await rulesOf(terminal);
    const file = given ?? join(directory, TEST_FILE);
    const read = readAccessTest(await textOf(file));
    if (read.kind === 'wrong') {
      refuseFaults(file, read.faults);
      return;
    }
    const unmet = unmetOf(read.expectations, tree, systemClock().getTime());
    for (const one of unmet) terminal.stdout.write(`${unmetInWords(one)}\n`);
    const met = read.expectations.length - unmet.length;
    say(terminal, `${met} of ${read.expectations.length} expectations are met.`);
    if (unmet.length > 0) throw new Refused('rules', `The rules are not what ${file} expects.`);
  },
});

const why = command({
  name: 'explain',
  synopsis: '[--user E-MAIL] [--from ADDRESS] [--at DATE] [--agreed] [--kiosk] PLACE',
  says: 'Says whether somebody sees an image or a manifest, and why: each rule that was looked at, and what was missing. PLACE is an address as viewers ask for it, an identifier, or a path below the folder of images.',
  options: {
    user: { type: 'string' },
    from: { type: 'string' },
    at: { type: 'string' },
    agreed: { type: 'boolean' },
    kiosk: { type: 'boolean' },
  },
  words: [1, 1],
  async run({ user, from = '', at, agreed = false, kiosk = false }, [typed = ''], terminal) {
    if (from !== '' && isIP(from) === 0) throw new UsageError(`--from ${from} is not an IP address.`);
    const now = at === undefined ? systemClock().getTime() : readMoment(at);
    if (now === undefined)
      throw new UsageError(`--at ${at} is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00.`);
    const rules = await rulesOf(terminal);
    const { kind, path, tier } = await realPlace(rules, typed);
    const resource: Resource = { kind, path, ...(tier !== undefined && { tier }) };
    const subject = await subjectOf(user, { ...anonymous, address: from, agreed, atKiosk: kiosk }, terminal);
    const explanation = explain(subject, resource, rules.tree, now);
    const asked = `${path.join('/') || '.'}, ${user ?? 'anonymous'}${from === '' ? '' : ` at ${from}`}, ${writeMoment(now)}`;
    terminal.stdout.write(`${asked}: ${decisionInWords(explanation.decision)}\n\n`);
    terminal.stdout.write(`${explanationInWords(explanation).join('\n')}\n`);
  },
});

/** Where it really lies, which is what rules are asked about. @throws UsageError where it is none */
async function realPlace({ catalogue }: Rules, typed: string): Promise<NamedPlace> {
  const place = parseNamedPlace(typed);
  if (!place.ok) throw new UsageError(place.message);
  return { ...place.value, path: (await catalogue.realOf(place.value.path)) ?? place.value.path };
}

async function subjectOf(email: string | undefined, anybody: Subject, terminal: Terminal): Promise<Subject> {
  if (email === undefined) return anybody;
  const { promise, resolve } = Promise.withResolvers<Subject>();
  await withServices(terminal, async ({ users }) => {
    const { id, active, roles, email: name } = await userOf(users, email);
    resolve({ ...anybody, kind: 'user', id, email: name, active, roles });
  });
  return promise;
}

function placeAndName({ where, name }: Rule): { readonly folder: string; readonly rule: string } {
  return { folder: where.join('/') || '.', rule: name };
}

function unmetInWords({ number, expectation, sees }: Unmet): string {
  const said = (pixels: number): string =>
    pixels === Infinity ? 'all' : pixels === 0 ? 'nothing' : `${pixels} pixels`;
  const { who, what } = expectation;
  const somebody = who.kind === 'user' ? who.email : 'anonymous';
  return `${number}: ${what.join('/') || '.'}, ${somebody}: sees ${said(sees)}, expected was ${said(expectation.sees)}`;
}

export const ruleCommands = [list, show, check, test, why];
