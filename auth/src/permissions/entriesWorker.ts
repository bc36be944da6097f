import { parentPort, workerData } from 'node:worker_threads';
import { readFileEntries } from './entriesAside.ts';

// The thread of entriesAside.ts.
const { text, name } = workerData as { readonly text: string; readonly name: string };
parentPort?.postMessage(readFileEntries(text, name));
