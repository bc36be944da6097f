/** The first bytes of a stream; the rest is counted and forgotten. */
export class Head {
  readonly #chunks: Buffer[] = [];
  readonly #most: number;
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False when it is more than is kept. */
  add(chunk: Buffer): boolean {
    const room = this.#most - this.#size;
    if (room > 0) this.#chunks.push(chunk.subarray(0, room));
    this.#size += Math.min(chunk.length, Math.max(room, 0));
    return chunk.length <= room;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
