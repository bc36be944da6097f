/**
 * @param {number[]} numbers at least one
 * @param {number} part of them that is smaller, 0 to 1
 */
export function quantile(numbers, part) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

/** @param {number[]} numbers at least one */
export const median = (numbers) => quantile(numbers, 0.5);

/**
 * Seconds that something takes.
 * @param {() => Promise<unknown>} work
 */
export async function secondsOf(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/**
 * Does several things in turn, so that what disturbs the computer disturbs all of them.
 * @template {string} Name
 * @param {number} rounds
 * @param {Record<Name, (round: number) => Promise<number>>} things each measures a number
 * @returns {Promise<Record<Name, number[]>>}
 */
export async function inTurn(rounds, things) {
  const names = /** @type {Name[]} */ (Object.keys(things));
  const measured = /** @type {Record<Name, number[]>} */ ({});
  for (const name of names) measured[name] = [];
  for (let round = 0; round < rounds; round++) {
    for (const name of names) measured[name].push(await things[name](round));
  }
  return measured;
}

/**
 * The middle one of the rounds' ratios.
 * @param {number[]} one
 * @param {number[]} other
 */
export const ratio = (one, other) => median(one.map((number, round) => number / other[round]));
