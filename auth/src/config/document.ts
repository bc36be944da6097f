import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdown } from './markdown.ts';
import { template } from './template.ts';

const root = join(import.meta.dirname, '../../..');

/** What is made from the schema: the file, from the root of the repository, and its text. */
export const documents: readonly (readonly [file: string, text: string])[] = [
  ['.env.template', template()],
  ['docs/configuration.md', markdown()],
];

/** @returns those generated files below a folder that are missing or no longer what the schema says */
export function stale(folder: string): string[] {
  return documents.filter(([file, text]) => readIfThere(join(folder, file)) !== text).map(([file]) => file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function main(task: string | undefined): number {
  if (task === '--write') {
    for (const [file, text] of documents) writeFileSync(join(root, file), text);
    return 0;
  }
  if (task === '--check') {
    const old = stale(root);
    for (const file of old) console.error(`${file} is not what auth/src/config/schema.ts says: npm run docs in auth/`);
    return old.length === 0 ? 0 : 1;
  }
  console.error('usage: node src/config/document.ts --write | --check');
  return 2;
}

if (import.meta.main) process.exitCode = main(process.argv[2]);
