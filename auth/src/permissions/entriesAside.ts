import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { documentOf } from './ruleDocument.ts';
import { entriesOf, type RuleEntry } from './ruleEntries.ts';
import type { Wrong } from './yamlFile.ts';

export type ReadEntries = { readonly kind: 'entries'; readonly entries: readonly RuleEntry[] } | Wrong;

/** Characters that are read at once: some thirty milliseconds. */
const LONG = 20_000;

/** What an access.yml says, or what is wrong in it, in the order in which it stands there. Never throws. */
export function readFileEntries(text: string, name: string): ReadEntries {
  const read = documentOf(text, name);
  return read.kind === 'wrong' ? read : { kind: 'entries', entries: entriesOf(read.document) };
}

/**
 * The same, of a long file in a thread beside this one: YAML of 40,000 folders takes two seconds, and tiles would wait.
 * Rejects where the thread ends before it has answered.
 */
export async function entriesAside(text: string, name: string): Promise<ReadEntries> {
  if (text.length <= LONG) return readFileEntries(text, name);
  // Nothing of the environment, where secrets may be.
  const worker = new Worker(new URL('./entriesWorker.ts', import.meta.url), { workerData: { text, name }, env: {} });
  try {
    const [read] = (await once(worker, 'message')) as [ReadEntries];
    return read;
  } finally {
    await worker.terminate();
  }
}
