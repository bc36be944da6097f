// A large collection for somebody who may not hear of all that is in it: decided on and written, in this process.
import { makeRule } from '../../auth/src/access/rules.ts';
import { RuleTree } from '../../auth/src/access/ruleTree.ts';
import { FolderContents } from '../../auth/src/gate/folderContents.ts';
import { Judge } from '../../auth/src/gate/judge.ts';
import { API } from '../../auth/src/iiif/apiVersions.ts';
import { textsFor } from '../../auth/src/iiif/texts.ts';
import { FolderDocuments } from '../../auth/src/web/folderDocuments.ts';
import { reader } from './decide.mjs';
import { inTurn, median, ratio } from './numbers.mjs';

const FOLDERS = 10_000;
/** Every so many are closed to the reader. */
const CLOSED = 10;

const root = /** @type {string[]} */ ([]);
const members = Array.from({ length: FOLDERS }, (_, number) => {
  const path = [`folder ${number}`];
  return { kind: /** @type {const} */ ('manifest'), path, real: path, label: `folder ${number}` };
});
const OPEN = /** @type {const} */ ({ kind: 'allowed', rule: 'manifests are open' });

/**
 * A collection of which some are named to the reader only who may see them, beside the same where all are.
 * @param {Pick<import('./main.mjs').Bench, 'rounds'>} bench
 * @returns {Promise<import('./main.mjs').Row[]>}
 */
export async function collection({ rounds }) {
  // A rule for each folder: no two of them are decided on together.
  const rules = members.map(({ path }, number) => {
    return makeRule({ where: path, grants: number % CLOSED === 0 ? [] : [{ who: { users: true } }] });
  });
  const [open, guarded] = [false, true].map(
    (isProtected) =>
      new Judge(
        () => tree,
        () => 0,
        isProtected,
      ),
  );
  const tree = new RuleTree(rules);
  const closed = Math.ceil(FOLDERS / CLOSED);
  const things = { open: () => took(open, FOLDERS), guarded: () => took(guarded, FOLDERS - closed) };
  await inTurn(3, things); // what is compiled by then is
  const costs = await inTurn(rounds, things);
  return [
    {
      what: `a collection of ${FOLDERS} folders, of which ${closed} are not named to the reader ÷ the same with all of them`,
      value: ratio(costs.guarded, costs.open),
      atMost: 2,
      remark: `${median(costs.guarded).toFixed(1)} and ${median(costs.open).toFixed(1)} ms`,
    },
  ];
}

/**
 * Milliseconds for what a reader is sent.
 * @param {Judge} judge
 * @param {number} expected how many folders have to be in it
 */
async function took(judge, expected) {
  const documents = new FolderDocuments(API[3], {
    publicUrl: 'https://images.example.org',
    institution: 'Example Library',
    texts: textsFor('Example Library'),
    limits: { maxWidth: Infinity, maxHeight: Infinity, maxArea: Infinity },
    forms: { formats: ['jpg'], qualities: ['default'] },
  });
  const began = performance.now();
  const reading = { kind: /** @type {const} */ ('collection'), path: root, real: root, members };
  const { contents } = await new FolderContents(judge).of(reading, { path: root }, () => Promise.resolve(reader));
  const { pieces } = await documents.of({ kind: 'folder', contents, decision: OPEN });
  const text = [...pieces()].join('');
  const milliseconds = performance.now() - began;
  const { items } = JSON.parse(text);
  if (items.length !== expected) throw new Error(`there are ${items.length} folders, not ${expected}`);
  return milliseconds;
}
