import { LRUCache } from 'lru-cache';
import { SingleFlight } from '../../shared/singleFlight.ts';
import type { Ready } from '../pyramids/answers.ts';
import type { PyramidsClient } from '../pyramids/client.ts';
import type { PageOfMaster } from './facts.ts';
import type { UnservedLog } from './unservedLog.ts';

/** Seconds that the first tile of an image waits for its pyramid. */
const PATIENCE = 30;
/**
 * Milliseconds that a pyramid that was there is not asked for again: its tiles come by the dozen. Less than the four minutes
 * within which pyramids removes nothing that was asked for, whatever room it needs (five, noted once a minute: `IN_USE` and
 * `NOTED_EVERY` there).
 */
const REMEMBERED_FOR = 180_000;
/** The same of a JPEG 2000 that is shown as it is, until its pyramid is made. */
const MEANWHILE_FOR = 10_000;
const REMEMBERED = 20_000;

/** Where an image is rendered from, whether its tiles can be sent as they are stored, and where whole pictures are if they are small. */
export type RenderingSource = Pick<Extract<Ready, { kind: 'ready' }>, 'source' | 'native' | 'reduced'>;

export type Readiness =
  | (RenderingSource & { readonly kind: 'ready' })
  /** It never will be, as long as the file is as it is. */
  | { readonly kind: 'failed' }
  /** Try again: it is being made, there is no room for it, or nobody answers. */
  | { readonly kind: 'making' | 'unavailable' };

/** Whether images can be shown by now: asked before each is sent, and by nobody who may not see it. */
export class ReadyImages {
  readonly #client: Pick<PyramidsClient, 'ready'>;
  readonly #unserved: Pick<UnservedLog, 'once'>;
  readonly #ready: LRUCache<string, Readiness>;
  readonly #asking = new SingleFlight<Readiness>();

  /** `rememberedFor`: milliseconds; a test may take fewer. */
  constructor(
    client: Pick<PyramidsClient, 'ready'>,
    unserved: Pick<UnservedLog, 'once'>,
    rememberedFor = REMEMBERED_FOR,
  ) {
    this.#ready = new LRUCache({ max: REMEMBERED, ttl: rememberedFor });
    this.#client = client;
    this.#unserved = unserved;
  }

  /** Waits for an image that is being made, {@link PATIENCE} seconds at most. */
  async of(from: PageOfMaster): Promise<Readiness> {
    const name = `${from.master.key} ${from.page}`;
    return this.#ready.get(name) ?? this.#asking.do(name, () => this.#ask(name, from));
  }

  async #ask(name: string, { master, page }: PageOfMaster): Promise<Readiness> {
    const answer = await this.#client.ready(master, page, PATIENCE);
    switch (answer.kind) {
      case 'ready':
        this.#ready.set(name, answer, answer.source.endsWith('.jp2') ? { ttl: MEANWHILE_FOR } : undefined);
        return answer;
      case 'failed': // pyramids names it
      case 'making':
        return { kind: answer.kind };
      case 'unavailable':
        // Of whatever image: mostly there is no room for any.
        this.#unserved.once('pyramids', `new images cannot be shown now: ${answer.reason}`);
        return { kind: 'unavailable' };
      case 'silent':
        return { kind: 'unavailable' };
    }
  }
}
