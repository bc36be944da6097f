/** Who wants a page: a reader who looks at it, one who looks at its folder, or nobody in particular. The first comes first. */
export const WISHES = ['tile', 'folder', 'sweep'] as const;
export type Wish = (typeof WISHES)[number];

/** What waits, by its names, in the order of the wishes and then of its coming. */
export class Queue<T> {
  readonly #waiting: Readonly<Record<Wish, Map<string, T>>> = { tile: new Map(), folder: new Map(), sweep: new Map() };

  /** Adds what is new; what waits already is raised when the wish is stronger. */
  put(name: string, wish: Wish, thing: T): void {
    const before = this.#wishOf(name);
    if (before !== undefined && WISHES.indexOf(before) <= WISHES.indexOf(wish)) return;
    if (before !== undefined) this.#waiting[before].delete(name);
    this.#waiting[wish].set(name, thing);
  }

  /** Takes the next one that was wished so. */
  take(wish: Wish): T | undefined {
    const [first] = this.#waiting[wish];
    if (first === undefined) return;
    this.#waiting[wish].delete(first[0]);
    return first[1];
  }

  /** Takes all. */
  clear(): T[] {
    const all = WISHES.flatMap((wish) => [...this.#waiting[wish].values()]);
    for (const wish of WISHES) this.#waiting[wish].clear();
    return all;
  }

  get sizes(): Readonly<Record<Wish, number>> {
    const { tile, folder, sweep } = this.#waiting;
    return { tile: tile.size, folder: folder.size, sweep: sweep.size };
  }

  #wishOf(name: string): Wish | undefined {
    return WISHES.find((wish) => this.#waiting[wish].has(name));
  }
}
