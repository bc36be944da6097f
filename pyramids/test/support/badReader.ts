// Stands for a reader of headers that files can kill or stop: what it does is what the file is called.
import type { Question, Reply } from '../../src/facts/headerChild.ts';

let last = Promise.resolve();
process.on('message', ({ path }: Question) => {
  last = last.then(() => answer(path));
});
process.on('disconnect', () => process.exit(0));
send('ready');

async function answer(path: string): Promise<void> {
  if (path === 'kills') process.kill(process.pid, 'SIGSEGV');
  if (path === 'eats') for (const eaten: Buffer[] = []; ;) eaten.push(Buffer.alloc(100_000_000));
  if (path === 'circles') for (;;);
  if (path === 'stops') await new Promise(() => undefined);
  // `tires`: it has used so much of a core that it has to go.
  send({ reading: { kind: 'damaged', reason: `${path} read by ${process.pid}` }, cpu: path === 'tires' ? 1000 : 0 });
}

function send(reply: Reply): void {
  process.send?.(reply);
}
