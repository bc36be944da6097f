/** What a question for a tile is answered with. */
export type Tile =
  | { readonly kind: 'tile'; readonly bytes: Buffer }
  /** There is no such pyramid, level or tile (by now). */
  | { readonly kind: 'missing' }
  /** The question makes no sense. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** What is stored there cannot be sent as it is: it has to be rendered. Or it is damaged. */
  | { readonly kind: 'not native'; readonly reason: string }
  /** For now: the disk fails, or too many files are open. */
  | { readonly kind: 'unavailable'; readonly reason: string };
