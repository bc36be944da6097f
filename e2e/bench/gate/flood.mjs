import { join } from 'node:path';
import { median } from '../numbers.mjs';
import { wrk, writeRequests } from './wrk.mjs';

/** Clients that ask for images in full size, one after the other. */
const CLIENTS = 50;
/** Connections of the reader, as a browser has. */
const OF_A_READER = 6;

/**
 * How long a reader waits for tiles while others ask for full-size images, beside alone.
 * @param {import('./world.mjs').World} world
 * @param {string} folder
 * @param {{rounds: number, seconds: number}} bench
 * @returns {Promise<import('../main.mjs').Row>}
 */
export async function flood({ server, path, full, cookie, tiles }, folder, { rounds, seconds }) {
  const [reading, flooding] = [join(folder, 'reading.txt'), join(folder, 'flooding.txt')];
  await writeRequests(
    reading,
    tiles.map((_, tile) => ({ path: path('shut!0.tif', tile), headers: { cookie } })),
  );
  await writeRequests(flooding, full());
  const read = async () => {
    const load = await wrk(server.base, reading, { seconds, connections: OF_A_READER });
    if (load.refused + load.broken > 0 || load.requests === 0)
      throw new Error(`a reader is not answered: ${JSON.stringify(load)}`);
    return load.p99;
  };
  await read();
  const [alone, beside, answered] = [[], [], []].map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round < rounds; round++) {
    alone.push(await read());
    const others = wrk(server.base, flooding, { seconds: seconds + 1, first: 97 * round, connections: CLIENTS });
    await new Promise((resolve) => setTimeout(resolve, 500));
    beside.push(await read());
    // What is refused is answered too; a connection that is dropped is not.
    const { requests, refused } = await others;
    answered.push(requests - refused);
  }
  return {
    what: `a reader's p99 while ${CLIENTS} clients ask for full-size images ÷ p99 alone`,
    value: median(beside.map((each, round) => each / alone[round])),
    atMost: 2,
    remark: `${median(beside).toFixed(1)} ms and ${median(alone).toFixed(1)} ms; ${median(answered)} full-size images came in a round`,
  };
}
