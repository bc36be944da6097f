/** What is asked for: a file or a folder below `IMAGE_DIR`, as the parts of its path, in the order of the path. */
export type Resource = {
  readonly kind: 'image' | 'manifest';
  readonly path: readonly string[];
};
