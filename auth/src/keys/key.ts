import type { Changing } from '../shared/storeCache.ts';

/** A key for a program that harvests images, as it is kept: without its secret. */
export type ApiKey = {
  /** UUID; opens nothing. */
  readonly id: string;
  /** No two keys have the same. */
  readonly name: string;
  /** Paths of folders and images below the folder of images, `/` between the parts; `.` for all. */
  readonly folders: readonly string[];
  /** Pixels on the longer side; `Infinity` for whole images. */
  readonly pixels: number;
  readonly createdAt: Date;
  /** When it is over. */
  readonly expiresAt: Date;
  /** To the hour. */
  readonly lastUsedAt: Date | undefined;
};

/** Where keys are kept; implemented in `database/`. Every method throws `StoreUnavailable` when it does not answer. */
export interface KeyRepository extends Changing {
  /** `hash`: of the secret, SHA-256, hex. @throws Refused where another key has the name */
  insert(key: ApiKey, hash: string): Promise<void>;
  findByHash(hash: string): Promise<ApiKey | undefined>;
  /** By name. */
  list(): Promise<ApiKey[]>;
  /** Answers whether there was one. */
  remove(id: string): Promise<boolean>;
  /** Notes a use, unless one since `before` is noted already. */
  noteUse(id: string, at: Date, before: Date): Promise<void>;
}
