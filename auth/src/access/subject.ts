import type { Scope } from './scope.ts';

/** From where a visitor asks, and what the visitor did before, logged in or not. */
export type Circumstances = {
  /** Client address (IP). */
  readonly address: string;
  /** A page of another web site asks, in the visitor's browser: where the visitor is says nothing of that site. */
  readonly forAnotherSite: boolean;
  /** To what the visitor said "I agree" in this browser (`Notice.terms`); `true` is to any terms. */
  readonly agreed: boolean | readonly string[];
  /** The visitor opened the kiosk's page in this browser. */
  readonly atKiosk: boolean;
  /** Of the live key that the request carries, and of the share links that were opened in this browser. */
  readonly scopes: readonly Scope[];
};

/** The visitor, as far as the rules need to know. Nothing here proves who it is: `sessions/` has done that. */
export type Subject = Circumstances &
  (
    | { readonly kind: 'anonymous' }
    | {
        readonly kind: 'user';
        readonly id: string;
        readonly email: string;
        readonly active: boolean;
        readonly roles: readonly string[];
      }
  );

/** A visitor of whom nothing is known: what anonymous may see, everybody may. */
export const anonymous: Subject = {
  kind: 'anonymous',
  address: '',
  forAnotherSite: false,
  agreed: false,
  atKiosk: false,
  scopes: [],
};
