import { createServer } from 'node:net';

/**
 * A port that nobody listens on, below those that the system hands out to clients. By chance rather than in order, so
 * that two tests that start at once do not choose the same one.
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (;;) {
    const port = 20000 + Math.floor(Math.random() * 12000);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
