import { setTimeout as pause } from 'node:timers/promises';
import { computed } from './cores.mjs';

/** Of a core: below it nothing is done in the background. */
const QUIET = 0.1;
/** Seconds of it in a row: making waits for some without a tile, and begins then. */
const CALM = 6;

/**
 * Waits until a server has looked through its images, and made what is to be made of them.
 * @param {readonly number[]} pids
 */
export async function quiet(pids) {
  for (let calm = 0; calm < CALM;) {
    const [before, began] = [computed(pids), performance.now()];
    await pause(1000);
    calm = computed(pids) - before < QUIET * 1000 * (performance.now() - began) ? calm + 1 : 0;
  }
}
