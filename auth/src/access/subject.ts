/** Who asks, as far as the rules need to know. Nothing here proves who it is: `sessions/` has done that. */
export type Subject =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly id: string; readonly active: boolean; readonly roles: readonly string[] };

export const anonymous: Subject = { kind: 'anonymous' };
