/** From where somebody asks, and what he did before, whoever he is. */
export type Circumstances = {
  /** Client address (IP). */
  readonly address: string;
  /** He said "I agree" in this browser. */
  readonly agreed: boolean;
  /** He opened the kiosk's page in this browser. */
  readonly atKiosk: boolean;
};

/** Who asks, as far as the rules need to know. Nothing here proves who it is: `sessions/` has done that. */
export type Subject = Circumstances &
  (
    | { readonly kind: 'anonymous' }
    | { readonly kind: 'user'; readonly id: string; readonly active: boolean; readonly roles: readonly string[] }
  );

/** Somebody of whom nothing is known: what he may see, everybody may. */
export const anybody: Subject = { kind: 'anonymous', address: '', agreed: false, atKiosk: false };
