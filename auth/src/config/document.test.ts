import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documents, stale } from './document.ts';
import { markdown } from './markdown.ts';
import { names } from './schema.ts';
import { template } from './template.ts';

it('The template names every variable once, behind a #, so that a mere copy changes nothing', () => {
  const lines = template().split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toStrictEqual([]);
  expect(lines.flatMap((line) => /^#([A-Z_]+)=./.exec(line)?.[1] ?? []).toSorted()).toStrictEqual(names.toSorted());
});

it('The page has a row for every variable', () => {
  const rows = [...markdown().matchAll(/^\| `([A-Z_]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toStrictEqual(names.toSorted());
});

it('A generated file that is missing or changed by hand is stale', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-documents-'));
  try {
    expect(stale(folder)).toStrictEqual(['.env.template', 'docs/configuration.md']);
    mkdirSync(join(folder, 'docs'));
    for (const [file, text] of documents) writeFileSync(join(folder, file), text);
    expect(stale(folder)).toStrictEqual([]);
    writeFileSync(join(folder, '.env.template'), 'changed');
    expect(stale(folder)).toStrictEqual(['.env.template']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
