// The process that reads headers: started by headerChildren.ts with limits, ends with it. Answers come in the order of the
// questions, so that whoever asked knows which file was being read when it dies.
import type { Master } from '../shared/master.ts';
import { readFileHeader, type FileReading } from './readFile.ts';

export type Question = Omit<Master, 'key'> & { readonly folder: string };
/** The first is `ready`. `cpu`: seconds of a core that the process has used so far. */
export type Reply = 'ready' | { readonly reading: FileReading; readonly cpu: number };

let last: Promise<void> = Promise.resolve();

process.on('message', (question: Question) => {
  last = last.then(() => answer(question));
});
process.on('disconnect', () => process.exit(0));

async function answer({ folder, ...master }: Question): Promise<void> {
  const reading = await readFileHeader(folder, master);
  const { user, system } = process.cpuUsage();
  send({ reading, cpu: (user + system) / 1e6 });
}

function send(reply: Reply): void {
  process.send?.(reply);
}

send('ready');
