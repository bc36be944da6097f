/** A file below `IMAGE_DIR` in one of its states, as auth has found and named it. */
export type Master = {
  /** Names the path and the state: 64 hexadecimal digits. What is made of the file lies under it. */
  readonly key: string;
  /** Below `IMAGE_DIR`, `/` between its parts, without links. */
  readonly path: string;
  /** Time of change, change time (both nanoseconds), size (bytes) and inode, with blanks between ({@link stateOf}). */
  readonly state: string;
};

/** Names the state of a file as auth does (its `images/catalogue/state.ts`). */
export function stateOf(stats: { mtimeNs: bigint; ctimeNs: bigint; size: bigint; ino: bigint }): string {
  return [stats.mtimeNs, stats.ctimeNs, stats.size, stats.ino].join(' ');
}
