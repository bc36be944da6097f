import { setImmediate } from 'node:timers/promises';

/** Milliseconds for which work that takes long keeps others from theirs: tiles wait meanwhile. */
const LONGEST = 8;

/** Pauses in work that takes long, in which others have their turn. */
export class Pauses {
  #since = performance.now();

  /** Whether it is time for one. */
  get due(): boolean {
    return performance.now() - this.#since >= LONGEST;
  }

  async take(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
