import type { Facts } from '../shared/facts.ts';
import type { Log } from '../shared/log.ts';
import type { Master } from '../shared/master.ts';
import type { Sources } from '../shared/source.ts';
import type { Volume } from '../volume/volume.ts';
import type { Wish } from './queue.ts';
import type { Manner } from './steps.ts';
import type { Failure } from './words.ts';

/** What came of a wish. */
export type Made = { readonly kind: 'ready' } | Failure;

/** What is known of masters: see `FactsReader`. */
export type Known = {
  of(master: Master): Promise<Facts>;
  header(master: Master): Promise<Sources>;
};

export type Workshop = {
  readonly volume: Volume;
  readonly facts: Known;
  /** The folder of the masters, absolute and without links. */
  readonly images: string;
  readonly manner: Manner;
  /** Whether the image server draws everything from the largest level, so that it is given a reduced copy too. */
  readonly reduces: boolean;
  readonly log: Log;
};

export type Job = { readonly master: Master; readonly page: number };

/** One wish while it is worked on. `onMade`: how long (seconds) a picture of how many pixels took. */
export type Work = {
  readonly wish: Wish;
  readonly signal: AbortSignal;
  readonly onMade: (seconds: number, pixels: number) => void;
};
