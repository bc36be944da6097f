import type { Dimensions } from '../shared/dimensions.ts';
import type { Facts } from '../shared/facts.ts';
import type { Master } from '../shared/master.ts';
import type { Readiness } from '../making/readiness.ts';
import type { Tile } from '../tiles/tile.ts';

/** What the addresses of this service ask for, and get. */
export type Service = {
  /** @returns of each master, in the same order; pages that are to be made are put where the wish says */
  facts(masters: readonly Master[], wish: Wish): Promise<readonly Facts[]>;
  /**
   * Asks for a page before all others, and marks it as used.
   * @param wait.signal ends the wait, when nobody is there any more to hear the answer
   */
  ready(master: Master, page: number, wait: { seconds: number; signal: AbortSignal }): Promise<Readiness>;
  /** @returns a whole JPEG of exactly that many pixels, or why there is none */
  tile(tile: TileOfPyramid): Promise<Tile>;
  status(): Promise<Status>;
  /** @returns what keeps the service from working, in words; undefined if nothing does */
  complaint(): Promise<string | undefined>;
};

/** For whom the pages of a folder are made ahead: its readers, nobody in particular, or not at all. */
export type Wish = 'folder' | 'sweep' | 'none';

/** A tile of one level, cut at its upper left corner. */
export type TileOfPyramid = Dimensions & {
  readonly source: string;
  readonly level: number;
  readonly column: number;
  readonly row: number;
};

/** @public also for the tests from outside */
export type Status = {
  /** Pages that can be shown. */
  readonly ready: number;
  /** Pages that wait, by who wants them. */
  readonly queue: { readonly tile: number; readonly folder: number; readonly sweep: number };
  readonly making: readonly { readonly path: string; readonly page: number }[];
  /** Pages that wait or are being made, by the folders of their files (`/` between the parts); empty: that of the masters. */
  readonly waiting: Readonly<Record<string, number>>;
  /** Until all is made; undefined before the first. */
  readonly secondsLeft: number | undefined;
  /** That the volume holds, and that it may take yet. */
  readonly bytes: number;
  readonly room: number;
  readonly failed: readonly {
    readonly path: string;
    readonly page: number;
    readonly reason: string;
    readonly remedy: string;
  }[];
  /** Measured; undefined before the first. */
  readonly secondsPerMegapixel: number | undefined;
};
