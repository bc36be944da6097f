import { once } from 'node:events';

/**
 * Has a server listen on 127.0.0.1.
 * @param {import('node:net').Server} server of any kind: http, https, plain TCP
 * @param {number} [port] any free one if not given
 * @returns {Promise<number>} its port; throws where it is taken
 */
export async function listen(server, port = 0) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return portOf(server);
}

/**
 * @param {import('node:net').Server} server that listens on a port
 * @returns {number}
 */
export function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

/**
 * Ends an HTTP server and its connections, whatever is under way.
 * @param {import('node:http').Server | import('node:https').Server} server
 */
export async function close(server) {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}
