import { PassThrough } from 'node:stream';
import { vitrine } from '../../src/cli/vitrine.ts';

/** Runs a command line; `typed` is what comes on standard input. */
export async function runCli(env: Record<string, string>, line: readonly string[], typed = '', isTTY = false) {
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  if (isTTY) stdin.write(typed);
  else stdin.end(typed);
  const code = await vitrine(line, { env, stdin, stdout, stderr });
  const said = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, out: said(stdout), err: said(stderr) };
}
