/**
 * Does something for each of a list, a few at a time.
 * @template T, R
 * @param {number} atOnce
 * @param {readonly T[]} list
 * @param {(item: T, index: number) => Promise<R>} work
 * @returns {Promise<R[]>} results in the order of the list; throws what `work` throws
 */
export async function inTurn(atOnce, list, work) {
  /** @type {R[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const index = next++;
      results[index] = await work(list[index], index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
