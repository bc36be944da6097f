import type { FactsReader } from './facts/factsReader.ts';
import type { Maker } from './making/maker.ts';
import { type Readiness, readiness } from './making/readiness.ts';
import type { Facts } from './shared/facts.ts';
import type { Master } from './shared/master.ts';
import type { Tiles } from './tiles/tiles.ts';
import type { Unserved } from './unserved.ts';
import type { Volume } from './volume/volume.ts';
import type { Service, Status, TileOfPyramid, Wish } from './web/service.ts';

type Parts = {
  readonly facts: FactsReader;
  readonly volume: Volume;
  readonly maker: Maker;
  readonly reduces: boolean;
  readonly tiles: Tiles;
  readonly unserved: Unserved;
  readonly complaint: Service['complaint'];
  /** Told of each tile that is asked for. */
  readonly onTile: () => void;
};

/** Failures that the status lists. */
const MOST_LISTED = 10_000;

const NOTHING: Facts = { kind: 'unreadable', reason: 'nothing is known of it', remedy: 'ask once more' };

/** What the addresses of the service stand for. */
export class Pyramids implements Service {
  readonly complaint: Service['complaint'];
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.complaint = parts.complaint;
  }

  async facts(masters: readonly Master[], wish: Wish): Promise<readonly Facts[]> {
    const known = await this.#parts.facts.ofAll(masters);
    const facts = masters.map((master, index) => this.#unlessFailed(master, known[index]));
    if (wish === 'none') return facts;
    for (const [index, master] of masters.entries()) await this.#makeAhead(master, facts[index], wish);
    return facts;
  }

  async ready(master: Master, page: number, wait: { seconds: number; signal: AbortSignal }): Promise<Readiness> {
    const outcome = await readiness(this.#parts, this.#parts.maker, { master, page }, wait);
    if (outcome.kind === 'failed') this.#name(master, page, outcome);
    return outcome;
  }

  tile({ source, level, column, row, ...size }: TileOfPyramid): ReturnType<Tiles['of']> {
    this.#parts.onTile();
    this.#parts.volume.use(source);
    return this.#parts.tiles.of(source, level, column, row, size);
  }

  async status(): Promise<Status> {
    const { maker, volume } = this.#parts;
    const failed = volume.failures().slice(0, MOST_LISTED);
    return {
      ...maker.status(),
      ...(await volume.figures()),
      failed: failed.map(({ path, page, reason, remedy }) => ({ path, page, reason, remedy })),
    };
  }

  /** A file of one page that could not be made is no picture, whatever its header says. */
  #unlessFailed(master: Master, facts: Facts = NOTHING): Facts {
    const failure = facts.kind === 'picture' && facts.pages.length === 1 && this.#parts.volume.noted(master, 0);
    return failure ? { kind: 'unsuitable', reason: failure.reason, remedy: failure.remedy } : facts;
  }

  /** Wishes for the pages that are not there yet, and that nothing is known against. */
  async #makeAhead(master: Master, known: Facts | undefined, wish: Exclude<Wish, 'none'>): Promise<void> {
    if (known?.kind !== 'picture') return;
    const { volume, maker } = this.#parts;
    for (const [page, picture] of known.pages.entries()) {
      if (picture.form === 'made' && !volume.makes) continue;
      if (volume.noted(master, page) || (await maker.isWhole(master, page, picture))) continue;
      void maker.want(master, page, wish).then((made) => {
        if (made.kind === 'failed') this.#name(master, page, made);
      });
    }
  }

  #name({ key, path }: Master, page: number, why: { readonly reason: string; readonly remedy: string }): void {
    this.#parts.unserved.name(`${key} ${page}`, page === 0 ? path : `page ${page + 1} of ${path}`, why);
  }
}
