/** digilib's: so many pictures at a time, so many more wait, and no more than that. */
export class Workers {
  /** @type {((give: () => void) => void)[]} */
  #waiting = [];
  #busy = 0;
  #count;
  #places;

  /**
   * @param {number} count pictures at a time
   * @param {number} places for those and for the ones that wait
   */
  constructor(count, places) {
    this.#count = count;
    this.#places = places;
  }

  /** @returns {Promise<() => void> | undefined} gives the worker back; undefined where there is no place to wait */
  take() {
    if (this.#busy + this.#waiting.length >= this.#places) return undefined;
    const give = () => {
      const next = this.#waiting.shift();
      if (next) next(give);
      else this.#busy -= 1;
    };
    if (this.#busy >= this.#count) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
    return Promise.resolve(give);
  }
}
