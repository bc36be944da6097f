import type { z } from 'zod';
import type { Log } from '../../shared/log.ts';
import { factsAnswer, readyAnswer, statusAnswer, type Facts, type Ready, type Status } from './answers.ts';

/** A file below `IMAGE_DIR` in one of its states, as the service knows it. */
export type Master = {
  /** `pictureKey`. */
  readonly key: string;
  /** Where it really lies, `/` between the parts. */
  readonly path: string;
  readonly state: string;
};

/** What is to be made of the files that are asked about: those of a folder that is looked at, all there are, or none. */
export type Wish = 'folder' | 'sweep' | 'none';

/** No answer, or none that is understood; the log says it once. */
export type Silent = { readonly kind: 'silent'; readonly reason: string };

/** Files asked about at a time. */
export const MOST_AT_ONCE = 500;
/** Milliseconds. Headers of five hundred files on a slow share; and a little more than the longest wait for a pyramid. */
const PATIENCE_WITH_FACTS = 50_000;
const PATIENCE_BEYOND_WAIT = 5000;
const PATIENCE_WITH_STATUS = 10_000;
/** Milliseconds in which the service may still be starting. */
const STARTS_WITHIN = 30_000;

/** Asks the service `pyramids`, which alone opens files of pictures. Without its answer nothing is known of them. */
export class PyramidsClient {
  readonly #url: string;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  /** Whether it was said that there is no answer. */
  #silent = false;
  #answered = false;
  readonly #begun = performance.now();

  /** `url`: origin, without a slash at the end. */
  constructor(url: string, log: Pick<Log, 'info' | 'warn'>) {
    this.#url = url;
    this.#log = log;
  }

  /** What is known of some files (at most {@link MOST_AT_ONCE}), in their order. */
  async facts(masters: readonly Master[], wish: Wish): Promise<readonly Facts[] | Silent> {
    const answer = await this.#ask('/facts', factsAnswer, PATIENCE_WITH_FACTS, { masters, wish });
    if ('kind' in answer) return answer;
    return answer.facts.length === masters.length ? answer.facts : this.#silence('it left files out');
  }

  /** Whether a page (from 0) of a file can be shown by now; waits so many seconds for it at most. */
  ready(master: Master, page: number, seconds: number): Promise<Ready | Silent> {
    return this.#ask('/ready', readyAnswer, seconds * 1000 + PATIENCE_BEYOND_WAIT, { master, page, seconds });
  }

  /** How it stands with what is made. */
  status(): Promise<Status | Silent> {
    return this.#ask('/status', statusAnswer, PATIENCE_WITH_STATUS);
  }

  async #ask<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    patience: number,
    question?: object,
  ): Promise<z.output<Schema> | Silent> {
    let body: unknown;
    try {
      const response = await fetch(this.#url + path, {
        ...(question && {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(question),
        }),
        signal: AbortSignal.timeout(patience),
        redirect: 'error',
      });
      body = await response.json();
      if (!response.ok) return this.#silence(`it answers ${response.status}`);
    } catch (error) {
      return this.#silence(describe(error));
    }
    const answer = schema.safeParse(body);
    if (!answer.success) return this.#silence(`it answers what nobody understands: ${answer.error.message}`);
    if (this.#silent) this.#log.info({}, 'pyramids answers again');
    this.#silent = false;
    this.#answered = true;
    return answer.data;
  }

  /** Said once, until it answers again; both services start at the same time, so not at once then. */
  #silence(reason: string): Silent {
    const silent = { kind: 'silent', reason } as const;
    const starts = !this.#answered && performance.now() - this.#begun < STARTS_WITHIN;
    if (this.#silent || starts) return silent;
    this.#silent = true;
    this.#log.warn({ reason }, 'pyramids does not answer: no picture can be described or shown');
    return silent;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message || error.cause.name}` : '';
  return error.message + cause;
}
