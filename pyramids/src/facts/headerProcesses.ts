import { availableParallelism } from 'node:os';
import type { Question } from './headerChild.ts';
import { HeaderProcess, MANNER, type Asked, type HeaderReading, type Manner } from './headerProcess.ts';

/** Processes: more win nothing on one disk. */
const MOST = Math.min(4, availableParallelism());

/** Reads headers in a few processes with limits. A file of which two die costs that file; the others go on in a new one. */
export class HeaderProcesses {
  readonly #processes = new Set<HeaderProcess>();
  readonly #manner: Manner;
  #queue: Asked[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(manner = MANNER) {
    this.#manner = manner;
  }

  /** Never rejects. */
  read(question: Question): Promise<HeaderReading> {
    return new Promise((answer) => {
      this.#queue.push({ question, answer, suspect: false });
      this.#feed();
    });
  }

  /** Ends the processes; what is not answered is never answered. */
  stop(): void {
    clearTimeout(this.#idle);
    this.#queue = [];
    for (const one of this.#processes) one.stop();
    this.#processes.clear();
  }

  #feed(): void {
    clearTimeout(this.#idle);
    for (const one of this.#processes) while (one.room > 0 && this.#queue.length > 0) this.#askNext(one);
    if (this.#queue.length > 0 && this.#processes.size < MOST) {
      this.#start();
      this.#feed();
    } else if ([...this.#processes].every(({ idle }) => idle)) {
      this.#idle = setTimeout(() => {
        for (const one of this.#processes) one.retire();
      }, this.#manner.idleSeconds * 1000).unref();
    }
  }

  #askNext(one: HeaderProcess): void {
    const next = this.#queue.shift();
    if (next) one.ask(next);
  }

  #start(): void {
    const free = (): void => {
      this.#feed();
    };
    const gone = (unanswered: readonly Asked[]): void => {
      this.#processes.delete(one);
      this.#queue.unshift(...unanswered);
      this.#feed();
    };
    const one = new HeaderProcess({ free, gone }, this.#manner);
    this.#processes.add(one);
  }
}
