import { spawn, type ChildProcess } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { environment, limited, type Limits } from '../children/limits.ts';
import type { Question, Reply } from './headerChild.ts';
import type { FileReading } from './readFile.ts';

export type Asked = {
  readonly question: Question;
  readonly answer: (reading: HeaderReading) => void;
  /** Whether a process that was asked about it died already. */
  readonly suspect: boolean;
};
/** `deadly`: whoever read it died of it; `slow`: or did not come to an end. */
export type HeaderReading = FileReading | { readonly kind: 'deadly' | 'slow'; readonly reason: string };

/**
 * Of one process. The time of a core is that of its whole life, which is ended in time. Node does not start with less than
 * 700 MB, of which it uses 45; its objects have a limit of their own. It writes no files but what Node keeps of its sources.
 */
const LIMITS: Omit<Limits, 'seconds'> = { cpuSeconds: 60, memory: 1_200_000_000, fileSize: 1_000_000, niceness: 0 };
const OBJECTS = '--max-old-space-size=128';
const RETIRES_AT = 30;
/** How many files are asked about ahead of the answers. */
const AHEAD = 16;

/**
 * What is started (a module), how many seconds it has for one file, by the clock, and after how many without work it is
 * ended: each has 45 MB.
 */
export type Manner = { readonly script: string; readonly seconds: number; readonly idleSeconds: number };
export const MANNER: Manner = { script: join(import.meta.dirname, 'headerChild.ts'), seconds: 15, idleSeconds: 10 };

type Events = {
  /** It may be asked for more. */
  readonly free: () => void;
  /**
   * It is no more; what it was asked and has not answered, without that of which it died (all, where it never began). The
   * death of one says little: whoever reads may have been killed. Such a file is asked about once more.
   */
  readonly gone: (unanswered: readonly Asked[]) => void;
};

/** One process that reads headers. */
export class HeaderProcess {
  readonly #child: ChildProcess;
  readonly #events: Events;
  readonly #seconds: number;
  readonly #asked: Asked[] = [];
  #ready = false;
  #retired = false;
  #gone = false;
  #clock: NodeJS.Timeout | undefined;

  constructor(events: Events, { script, seconds }: Manner) {
    this.#events = events;
    this.#seconds = seconds;
    const { program, args } = limited({ program: process.execPath, args: [OBJECTS, script] }, { ...LIMITS, seconds });
    // With what Node has made of the sources it starts in half the time.
    const compiled = getCompileCacheDir();
    const env = { ...environment(undefined), ...(compiled !== undefined && { NODE_COMPILE_CACHE: dirname(compiled) }) };
    this.#child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#child.on('message', (reply: Reply) => {
      this.#answered(reply);
    });
    this.#child.on('error', () => {
      this.#end(deadly);
    });
    this.#child.on('exit', () => {
      this.#end(deadly);
    });
  }

  /** How many more files it may be asked about. */
  get room(): number {
    return this.#retired ? 0 : AHEAD - this.#asked.length;
  }

  get idle(): boolean {
    return this.#asked.length === 0;
  }

  ask(asked: Asked): void {
    this.#asked.push(asked);
    if (this.#asked.length === 1) this.#startClock();
    this.#child.send(asked.question, () => undefined);
  }

  /** It is not asked any more, and ends when it has answered. */
  retire(): void {
    this.#retired = true;
    if (this.idle && this.#child.connected) this.#child.disconnect();
  }

  /** Ends it; what it was asked stays unanswered. */
  stop(): void {
    this.#retired = true;
    this.#child.kill('SIGKILL');
  }

  #answered(reply: Reply): void {
    this.#ready = true;
    if (reply !== 'ready') {
      this.#asked.shift()?.answer(reply.reading);
      if (reply.cpu > RETIRES_AT || this.#retired) this.retire();
    }
    this.#startClock();
    this.#events.free();
  }

  #startClock(): void {
    clearTimeout(this.#clock);
    if (this.idle) return;
    this.#clock = setTimeout(() => {
      this.#end({ kind: 'slow', reason: `to read what is in it takes more than ${this.#seconds} seconds` });
      this.#child.kill('SIGKILL');
    }, this.#seconds * 1000);
  }

  #end(reading: HeaderReading): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#retired = true;
    clearTimeout(this.#clock);
    const culprits = this.#asked.splice(0, this.#ready ? 1 : Infinity);
    const again = culprits.filter(({ suspect }) => !suspect && reading.kind === 'deadly');
    for (const one of culprits) if (!again.includes(one)) one.answer(this.#ready ? reading : unstarted);
    this.#events.gone([...again.map((one) => ({ ...one, suspect: true })), ...this.#asked.splice(0)]);
  }
}

const deadly: HeaderReading = { kind: 'deadly', reason: 'whoever reads it dies of it' };
const unstarted: HeaderReading = { kind: 'failing', reason: 'the program that reads it does not start' };
