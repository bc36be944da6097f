import { type ChildProcess, spawn } from 'node:child_process';
import { environment, limited, type Limits, type Program } from './limits.ts';
import { Head } from './head.ts';

/** How it ended. */
export type Ending =
  | { readonly kind: 'done'; readonly output: Buffer }
  /** By itself; `words` are the last that it said (stderr), or how it died. */
  | { readonly kind: 'failed'; readonly words: string }
  | { readonly kind: 'over'; readonly limit: 'seconds' | 'cpuSeconds' | 'fileSize' | 'output' }
  /** By the signal of the caller. */
  | { readonly kind: 'stopped' };

export type Running = {
  readonly limits: Limits;
  /** Open files that the children have as `/dev/fd/3`, `/dev/fd/4`, …: the very file, whatever its name names meanwhile. */
  readonly files?: readonly number[];
  /** Folder for their scratch files. */
  readonly scratch?: string;
  readonly signal?: AbortSignal;
  /** Bytes of stdout that are kept; whoever says more is stopped. */
  readonly mostOutput?: number;
};

const MOST_OUTPUT = 1_000_000;
const MOST_WORDS = 4_000;
/** Milliseconds: who reads from a share that hangs does not die before it answers. */
const PATIENCE = 5_000;

/**
 * Runs a program, or several of which each reads (stdin) what the one before writes (stdout), with limits; the output is
 * that of the last. Every program is the first of a process group of its own, which is killed whole when one of them
 * fails, a limit is passed or the caller has had enough. Never rejects.
 */
export async function run(programs: readonly [Program, ...Program[]], running: Running): Promise<Ending> {
  if (running.signal?.aborted === true) return { kind: 'stopped' };
  const output = new Head(running.mostOutput ?? MOST_OUTPUT);
  const children = piped(programs, running);
  let why: Ending | undefined;
  const left = Promise.withResolvers<undefined>();
  let patience: NodeJS.Timeout | undefined;
  const stop = (ending: Ending): void => {
    why ??= ending;
    for (const child of children) killGroup(child);
    patience ??= setTimeout(() => {
      left.resolve(undefined);
    }, PATIENCE);
  };
  const onAbort = (): void => {
    stop({ kind: 'stopped' });
  };
  running.signal?.addEventListener('abort', onAbort, { once: true });
  const clock = setTimeout(() => {
    stop({ kind: 'over', limit: 'seconds' });
  }, running.limits.seconds * 1000);
  children.at(-1)?.stdout?.on('data', (chunk: Buffer) => {
    if (!output.add(chunk)) stop({ kind: 'over', limit: 'output' });
  });
  const ends = await Promise.race([Promise.all(children.map(async (child) => endOf(child))), left.promise]);
  clearTimeout(clock);
  clearTimeout(patience);
  running.signal?.removeEventListener('abort', onAbort);
  return why ?? causeOf(ends ?? []) ?? { kind: 'done', output: output.bytes() };
}

/** The last is started first: its stdin (a socket of two ends) is handed to the one before, and is not ours any more. */
function piped(programs: readonly Program[], { limits, files = [], scratch }: Running): ChildProcess[] {
  const children: ChildProcess[] = [];
  for (const [index, program] of [...programs.entries()].reverse()) {
    const { program: name, args } = limited(program, limits);
    const env = { ...environment(scratch), ...program.variables };
    const after = children[0]?.stdin ?? undefined;
    const stdin = index === 0 ? 'ignore' : 'pipe';
    children.unshift(
      spawn(name, args, { env, detached: true, cwd: scratch, stdio: [stdin, after ?? 'pipe', 'pipe', ...files] }),
    );
    after?.on('error', () => undefined).destroy();
  }
  return children;
}

type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly words: string };

async function endOf(child: ChildProcess): Promise<End> {
  const words = new Head(MOST_WORDS);
  child.stderr?.on('data', (chunk: Buffer) => words.add(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      resolve({ code: null, signal: null, words: error.message });
    });
    child.on('close', (code, signal) => {
      resolve({ code, signal, words: words.bytes().toString().trim() });
    });
  });
}

/** What somebody says or dies of who has lost the reader of what he writes. */
const LOST_READER = /SIGPIPE|Broken pipe|Connection reset by peer/v;

/** The first that failed by itself: those before it have lost their reader, those after it their writer. */
function causeOf(ends: readonly End[]): Ending | undefined {
  const failed = ends.filter(({ code }) => code !== 0);
  const cause = failed.find(({ signal, words }) => !LOST_READER.test(`${signal} ${words}`)) ?? failed[0];
  if (cause === undefined) return;
  if (cause.signal === 'SIGXCPU') return { kind: 'over', limit: 'cpuSeconds' };
  if (cause.signal === 'SIGXFSZ') return { kind: 'over', limit: 'fileSize' };
  const died = cause.signal === null ? `ended with ${cause.code}` : `ended by ${cause.signal}`;
  const words = cause.signal === null && cause.words !== '' ? cause.words : `${cause.words}\n${died}`.trim();
  return { kind: 'failed', words };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Ended already.
  }
}
