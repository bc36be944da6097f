/** What a browser without a login has shown: that its reader agreed, or that it stands in the kiosk. */
export type Visit = {
  /** UUID; names the visit in tokens, and opens nothing. */
  readonly id: string;
  readonly agreed: boolean;
  readonly atKiosk: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** The ways to a visit: the click-through and kiosk patterns. */
export type Step = 'agreed' | 'atKiosk';

/** Where visits are kept; implemented in `database/`. Every method throws `StoreUnavailable` when it does not answer. */
export interface VisitRepository {
  insert(visit: Visit & { readonly secretHash: string }): Promise<void>;
  findBySecretHash(hash: string): Promise<Visit | undefined>;
  find(id: string): Promise<Visit | undefined>;
  /** Notes that the step was taken. */
  take(id: string, step: Step): Promise<void>;
  remove(id: string): Promise<void>;
  removeExpired(now: Date): Promise<void>;
}
