/**
 * What a suite hands out: tests, to be run in this order.
 * @typedef {{title: string, run: () => Promise<void>}} Check
 */

/** Tests that are collected to be run later, against whatever is running then. */
export class Checklist {
  /** @type {Check[]} */
  checks = [];

  /**
   * @param {string} title
   * @param {() => Promise<void>} run
   */
  add = (title, run) => void this.checks.push({ title, run });
}
