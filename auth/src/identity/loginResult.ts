import type { User } from './user.ts';

/** What every way to log in answers. */
export type LoginResult =
  | {
      readonly kind: 'ok';
      readonly user: User;
      /** What this browser is to keep, so that it is known for this account the next time. */
      readonly deviceCookie: string;
      /** Whether user and password are still what they were. Ask once the session is there (see `Login`). */
      readonly stillHolds: () => Promise<boolean>;
    }
  /** Unknown, disabled or mistyped: the three are one answer, so that nobody learns who has an account. */
  | { readonly kind: 'wrong' }
  /** `retryAfter` is in seconds. */
  | { readonly kind: 'throttled'; readonly retryAfter: number };
