/** What is asked for: a file or a folder below `IMAGE_DIR`. */
export type Resource = {
  readonly kind: 'image' | 'manifest';
  /** The parts of the path where it really lies, in the order of the path. */
  readonly path: readonly string[];
  /** Those of the path that it was named by, where that is another: a link is on the way. */
  readonly named?: readonly string[];
  /** Pixels on the longer side of the tier that is asked for; the image itself where it is left out. */
  readonly tier?: number;
};
