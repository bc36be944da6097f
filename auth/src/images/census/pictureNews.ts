import type { Log } from '../../shared/log.ts';
import type { PyramidsClient } from '../pyramids/client.ts';
import type { Census } from './census.ts';
import { overviewOf, type Overview } from './overview.ts';
import { summaryOf } from './summary.ts';

/** Milliseconds between two looks at whether something is new. */
const LOOK_EVERY = 10_000;
/** Looks with the same number of pictures before progress alone is worth a line: ten minutes. */
const PATIENCE = 60;

/** Says in the log how it stands with all pictures: after the first survey, and when it changes. */
export class PictureNews {
  readonly #census: Census;
  readonly #client: Pick<PyramidsClient, 'status'>;
  readonly #log: Pick<Log, 'info'>;
  #said: { readonly line: string; readonly news: string } | undefined;
  #looks = 0;
  /** What was looked at last: to look at ten thousand folders takes as long as a hundred tiles. */
  #state = '';

  constructor(census: Census, client: Pick<PyramidsClient, 'status'>, log: Pick<Log, 'info'>) {
    this.#census = census;
    this.#client = client;
    this.#log = log;
  }

  start(): void {
    setInterval(() => void this.look(), LOOK_EVERY).unref();
  }

  /** Says what is new, if anything is. While pictures are being made, how far it is only once in a while. */
  async look(): Promise<void> {
    if (!this.#census.isComplete) return;
    const status = await this.#client.status();
    if ('kind' in status) return;
    this.#looks += 1;
    const state = `${this.#census.version} ${JSON.stringify(status)}`;
    if (state === this.#state) return;
    this.#state = state;
    const overview = overviewOf(this.#census.folders, status);
    const [line, news] = [summaryOf(overview), newsOf(overview)];
    if (line === this.#said?.line || (news === this.#said?.news && this.#looks < PATIENCE)) return;
    this.#said = { line, news };
    this.#looks = 0;
    this.#log.info(overview.all, line);
  }
}

/** What is told at once: all but the progress. */
function newsOf({ all, folders }: Overview): string {
  return [all.pictures, folders.length, all.unserved, all.beingMade > 0].join(' ');
}
