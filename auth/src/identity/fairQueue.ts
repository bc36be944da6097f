/** How many of one key and in all may be under way, those that wait included; `atOnce` of them are worked on. */
export type Bounds = { readonly atOnce: number; readonly perKey: number; readonly inAll: number };

type Job = { readonly start: () => Promise<void>; readonly refuse: () => void; readonly known: boolean };

/**
 * Work that waits for its turn. The keys take turns, so that a key with much work holds up itself and no other: a newcomer
 * is after one job of each other key at most, and finds room even where one key has filled the queue. Known keys find room
 * also where strangers have filled it with a key for each job, as whoever has many addresses can.
 */
export class FairQueue {
  readonly #bounds: Bounds;
  /** In the order of their turns; no key without work that waits. */
  readonly #waiting = new Map<string, Job[]>();
  readonly #running = new Map<string, number>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** What `work` answers, or `full` where it was not begun. `known`: that nobody can make up keys like this one. */
  run<T>(key: string, work: () => Promise<T>, known = false): Promise<T | 'full'> {
    return new Promise((resolve, reject) => {
      const start = (): Promise<void> => work().then(resolve, reject);
      const refuse = (): void => {
        resolve('full');
      };
      if (!this.#makeRoom(key, known)) refuse();
      else this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), { start, refuse, known }]);
      this.#next();
    });
  }

  #makeRoom(key: string, known: boolean): boolean {
    if (this.#underWay(key) >= this.#bounds.perKey) return false;
    const all = sum([...this.#waiting.values()].map(({ length }) => length)) + sum([...this.#running.values()]);
    if (all < this.#bounds.inAll) return true;
    const byLength = [...this.#waiting].sort(([, a], [, b]) => b.length - a.length);
    const stranger = known ? byLength.find(([, [job]]) => job?.known === false) : undefined;
    const [longest] = byLength;
    const most =
      stranger ?? (longest && longest[1].length > (this.#waiting.get(key)?.length ?? 0) + 1 ? longest : undefined);
    if (!most) return false;
    const [other, jobs] = most;
    jobs.pop()?.refuse();
    if (jobs.length === 0) this.#waiting.delete(other);
    return true;
  }

  #underWay(key: string): number {
    return (this.#waiting.get(key)?.length ?? 0) + (this.#running.get(key) ?? 0);
  }

  #next(): void {
    const [turn] = this.#waiting;
    if (!turn || sum([...this.#running.values()]) >= this.#bounds.atOnce) return;
    const [key, [job, ...rest]] = turn;
    this.#waiting.delete(key);
    if (rest.length > 0) this.#waiting.set(key, rest);
    this.#count(key, 1);
    void job?.start().finally(() => {
      this.#count(key, -1);
      this.#next();
    });
    this.#next();
  }

  #count(key: string, more: number): void {
    const now = (this.#running.get(key) ?? 0) + more;
    if (now > 0) this.#running.set(key, now);
    else this.#running.delete(key);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
