import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until there is an answer. Tests wait by this and never by a fixed time.
 * @template T
 * @param {string} what is waited for, for the message
 * @param {() => T | Promise<T>} ask anything but `undefined`, `null` and `false` is an answer
 * @param {number} [seconds] the limit; long, because others may have the machine
 * @returns {Promise<Exclude<T, undefined | null | false>>} the answer; throws an Error with `what` after the limit. What
 *   `ask` throws goes through.
 */
export async function until(what, ask, seconds = 180) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return /** @type {Exclude<T, undefined | null | false>} */ (answer);
    }
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(50);
  }
}
