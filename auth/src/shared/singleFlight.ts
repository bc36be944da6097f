/** What several ask for at the same time is done once, for all of them. Nothing outlives that, an error neither. */
export class SingleFlight<T> {
  readonly #underWay = new Map<string, Promise<T>>();

  do(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(key);
    if (known) return known;
    const working = work().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, working);
    return working;
  }
}
