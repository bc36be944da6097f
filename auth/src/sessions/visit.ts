import type { Changing } from '../shared/storeCache.ts';

/** What a browser without a login has shown: to what its reader agreed, that it stands in the kiosk, or was given links. */
export type Visit = {
  /** All of it as a text, which tokens and signed paths name; opens nothing without their signature. */
  readonly id: string;
  /** What stays the same while steps are added. */
  readonly number: string;
  /** What was agreed to (`Notice.terms`), the last one first. */
  readonly terms: readonly string[];
  readonly atKiosk: boolean;
  /** Ids of the share links that were opened, the last one first. What each opens, and whether it still does, `shares/` knows. */
  readonly shares: readonly string[];
  readonly expiresAt: Date;
};

/** The ways to a visit: the click-through pattern, for terms of this name; the kiosk pattern; and a share link of this id. */
export type Step = { readonly terms: string } | 'atKiosk' | { readonly share: string };

/**
 * Which visits were ended before their time; implemented in `database/`. Every method throws `StoreUnavailable` when it
 * does not answer.
 */
export interface EndedVisits extends Changing {
  /** Remembers it until `expiresAt`. Once more does no harm. */
  add(number: string, expiresAt: Date): Promise<void>;
  has(number: string): Promise<boolean>;
}
