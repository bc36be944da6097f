import type { Changing } from '../shared/storeCache.ts';

/** A link that opens a folder or an image to a number of people, as it is kept: without its secret. */
export type Share = {
  /** 64 random bits, hex; opens nothing. */
  readonly id: string;
  /** For whom or what it is; its guests are not shown it. */
  readonly name: string;
  /** Path of a folder or an image below the folder of images, `/` between the parts; `.` for all. */
  readonly folder: string;
  /** Pixels on the longer side; `Infinity` for whole images. */
  readonly pixels: number;
  /** How many people may open it. */
  readonly people: number;
  /** How many did. */
  readonly used: number;
  readonly createdAt: Date;
  /** When it is over, for those who opened it as well. */
  readonly expiresAt: Date;
  /** When it was opened last: by somebody new, or again, to the minute. */
  readonly lastUsedAt: Date | undefined;
};

/** Where share links are kept; implemented in `database/`. Every method throws `StoreUnavailable` when it does not answer. */
export interface ShareRepository extends Changing {
  /** `hash`: of the secret, SHA-256, hex. */
  insert(share: Share, hash: string): Promise<void>;
  find(id: string): Promise<Share | undefined>;
  findByHash(hash: string): Promise<Share | undefined>;
  /** The newest first. */
  list(): Promise<Share[]>;
  /** Answers whether there was one. */
  remove(id: string): Promise<boolean>;
  /** Counts one more of its people, unless it is over at `at`, or they are all there. Answers whether it was counted. */
  count(id: string, at: Date): Promise<boolean>;
  /** Notes that one of its people opened it again. */
  noteUse(id: string, at: Date): Promise<void>;
}
