/**
 * Ends what is kept in a store so that it is over at once, even where that cannot be written (a full disk): then for as
 * long as this process lives, and for good as soon as something can be written again.
 */
export class Ended {
  readonly #ids = new Set<string>();
  readonly #remove: (id: string) => Promise<void>;

  constructor(remove: (id: string) => Promise<void>) {
    this.#remove = remove;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** @throws StoreUnavailable where it is over and could not be written */
  async end(id: string): Promise<void> {
    this.#ids.add(id);
    await this.#remove(id);
    this.#ids.delete(id);
  }

  /** Writes what could not be written. @throws StoreUnavailable as before */
  async writeAll(): Promise<void> {
    for (const id of [...this.#ids]) await this.end(id);
  }
}
