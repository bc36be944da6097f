import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { listen } from '../../../test-support/servers.mjs';

/** @import { Socket } from 'node:net' */

/** Of SOCKS 5 (RFC 1928). */
const VERSION = 5;
const [NO_AUTHENTICATION, CONNECT, HOST_NAME] = [0, 1, 3];
const [GRANTED, NOT_ALLOWED] = [0, 2];

/**
 * A proxy for browsers that cannot be told that a host name is this machine. It leads the names it knows to this machine,
 * and nothing anywhere else: whatever a browser asks for by itself, nothing leaves.
 * @param {string[]} names
 * @returns {Promise<{port: number, stop: () => Promise<void>}>}
 */
export async function startGateway(names) {
  /** @type {Set<Socket>} */
  const sockets = new Set();
  const lead = async (/** @type {Socket} */ client) => {
    const wanted = await wish(client).catch(() => undefined);
    if (wanted === undefined || !names.includes(wanted.name)) {
      client.end(answer(NOT_ALLOWED));
      return;
    }
    const inside = connect(wanted.port, '127.0.0.1', () => {
      client.write(answer(GRANTED));
      inside.pipe(client).pipe(inside);
    });
    inside.on('error', () => client.destroy());
    client.on('close', () => inside.destroy());
  };
  const server = createServer((client) => {
    sockets.add(client.on('error', () => undefined).on('close', () => sockets.delete(client)));
    void lead(client);
  });
  return {
    port: await listen(server),
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/**
 * Where a client wants to go.
 * @param {Socket} client
 * @returns {Promise<{name: string, port: number}>} rejects if it says anything else than that
 */
async function wish(client) {
  const [version, methods] = await read(client, 2);
  if (version !== VERSION) throw new Error('This is not SOCKS 5.');
  await read(client, methods);
  client.write(Buffer.from([VERSION, NO_AUTHENTICATION]));
  const [, command, , kind] = await read(client, 4);
  if (command !== CONNECT || kind !== HOST_NAME) throw new Error('It does not name a host.');
  const [length] = await read(client, 1);
  const rest = await read(client, length + 2);
  return { name: rest.subarray(0, length).toString(), port: rest.readUInt16BE(length) };
}

/**
 * @param {Socket} client
 * @param {number} count
 * @returns {Promise<Buffer>} the next bytes, so many; rejects if the client goes before
 */
function read(client, count) {
  return new Promise((resolve, reject) => {
    const take = () => {
      const bytes = client.read(count);
      if (bytes === null) return;
      client.off('readable', take).off('close', gone);
      resolve(bytes);
    };
    const gone = () => {
      reject(new Error('The client has gone.'));
    };
    client.on('readable', take).once('close', gone);
    take();
  });
}

const answer = (/** @type {number} */ status) => Buffer.from([VERSION, status, 0, 1, 0, 0, 0, 0, 0, 0]);
