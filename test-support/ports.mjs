import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that nobody listens on, below those that ./serve chooses for its parts and that the system hands out to clients;
 * another one at each call, in whatever process of this machine.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (;;) {
    const port = 10000 + Math.floor(Math.random() * 10000);
    const taken = await listensAt(`\0vitrine-test-port-${port}`);
    if (!taken) continue;
    taken.unref(); // until this process ends, and no longer
    const tried = await listensAt(port);
    if (!tried) continue;
    tried.close();
    await once(tried, 'close');
    return port;
  }
}

/**
 * @param {number | string} place a port; or a name that begins with a zero: one of Linux, which no file stands for and
 *   which is gone with the process
 * @returns {Promise<import('node:net').Server | undefined>} undefined where somebody else listens
 */
async function listensAt(place) {
  const server = createServer().listen(place);
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}
