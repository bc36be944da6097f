import type { Language } from '../shared/language.ts';

/** What somebody asks for who may not see something. */
export type AccessRequest = {
  /** 64 random bits, hex; opens nothing. */
  readonly id: string;
  /** Path of a folder or an image below the folder of images, `/` between the parts; `.` for all. */
  readonly place: string;
  readonly name: string;
  /** As it was typed: that it is theirs shows when they get the mail. */
  readonly email: string;
  readonly reason: string;
  /** Of their browser, for the answer. */
  readonly language: Language;
  readonly createdAt: Date;
  readonly state: RequestState;
};

export type RequestState = 'open' | 'granted' | 'refused';

/** Where requests are kept; implemented in `database/`. Every method throws `StoreUnavailable` when it does not answer. */
export interface RequestRepository {
  insert(request: AccessRequest): Promise<void>;
  /** How many are open. */
  countOpen(): Promise<number>;
  find(id: string): Promise<AccessRequest | undefined>;
  /** The newest first. */
  list(): Promise<AccessRequest[]>;
  /** Takes one that is in the first state into the second. True for the one of many callers who did. */
  move(id: string, from: RequestState, to: RequestState): Promise<boolean>;
}
