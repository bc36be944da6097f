// Makes docs/iiif-auth.md of the list of checks and of the titles of the tests that name its rows.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { REASONS, ROWS } from './rowsOfIiifAuth.ts';

const root = join(import.meta.dirname, '../..');
const DOCUMENT = join(root, 'docs/iiif-auth.md');
const PLACES = ['auth/test', 'auth/src', 'e2e', 'proxy/test'];
/** Their rows are those of another list, that of the panel. */
const OF_OTHER_LISTS = new Set(['auth/test/admin.test.ts', 'auth/test/adminRecords.test.ts']);
const TITLE = /['"`]rows? (\d+(?:(?:, | and )\d+)*)/g;

function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(path);
    return /\.(test\.(ts|mjs)|mjs)$/.test(entry.name) && !OF_OTHER_LISTS.has(path) ? [path] : [];
  });
}

/** Files, from the root of the repository, by the row that titles in them name. */
function testsByRow(): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const file of PLACES.flatMap(testFiles).sort()) {
    const titles = [...readFileSync(join(root, file), 'utf8').matchAll(TITLE)];
    const rows = new Set(titles.flatMap(([, numbers = '']) => numbers.split(/, | and /).map(Number)));
    for (const row of rows) found.set(row, [...(found.get(row) ?? []), file]);
  }
  return found;
}

/** What is wrong with the list: a row without test and reason, a reason that no row needs any more, a number that is no row. */
function problems(tests: ReadonlyMap<number, readonly string[]>): string[] {
  const ids = new Set(ROWS.map(([id]) => id));
  const unknown = [...tests.keys(), ...Object.keys(REASONS).map(Number)].filter((id) => !ids.has(id));
  return [
    ...ROWS.filter(([id]) => !tests.has(id) && REASONS[id] === undefined).map(
      ([id]) => `row ${id} has neither a test nor a reason`,
    ),
    ...ROWS.filter(([id]) => tests.has(id) && REASONS[id] !== undefined).map(
      ([id]) => `row ${id} has a test now: take its reason out of auth/test/rowsOfIiifAuth.ts`,
    ),
    ...unknown.map((id) => `there is no row ${id}`),
  ];
}

async function written(tests: ReadonlyMap<number, readonly string[]>): Promise<string> {
  const link = (file: string): string => `[${basename(file)}](${relative(join(root, 'docs'), join(root, file))})`;
  const lines = ROWS.map(([id, level, requirement]) => {
    const shown = tests.get(id)?.map(link).join(' ') ?? REASONS[id] ?? '';
    return `| ${id} | ${requirement} | ${level} | ${shown} |`;
  });
  const met = ROWS.filter(([id]) => tests.has(id)).length;
  const text = `# IIIF authorization, row by row

What the Authentication API 1.0 and the Authorization Flow API 2.0 ask of a server, with what viewers and browsers need
besides, and the tests that show it. ${met} of ${ROWS.length} rows have a test; for the others it says why not. Made by
\`npm run rows:write\` in \`auth/\` from the titles of the tests, which name their rows: \`row 82: …\`.

A1 is the Authentication API 1.0, A1n its implementation notes, A2 the Authorization Flow API 2.0, I2 and I3 the Image
API, P3 the Presentation API, each with the section; practice is what no specification says and software needs.

| row | what is asked | level | shown by |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
  return format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
}

async function main(task: string | undefined): Promise<number> {
  if (task !== '--write' && task !== '--check') {
    console.error('usage: node test/rows.ts --write | --check');
    return 2;
  }
  const tests = testsByRow();
  const wrong = problems(tests);
  const text = await written(tests);
  if (task === '--write') writeFileSync(DOCUMENT, text);
  else if (readIfThere(DOCUMENT) !== text) wrong.push('docs/iiif-auth.md is stale: npm run rows:write in auth/');
  for (const problem of wrong) console.error(problem);
  return wrong.length === 0 ? 0 : 1;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv[2]);
