import { connect } from 'node:net';

/**
 * Firefox's own form of WebDriver: the same commands with the same parameters, on a socket instead of HTTP. Debian has no
 * geckodriver, which would translate. Messages are JSON behind their length: `[0, id, command, parameters]` and
 * `[1, id, error, result]`.
 * @param {number} port
 * @returns {Promise<import('./browser.mjs').Transport>} rejects if nobody listens
 */
export async function openMarionette(port) {
  const socket = connect(port, '127.0.0.1');
  /** @type {Map<number, {resolve: (result: unknown) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let unread = Buffer.alloc(0);
  let last = 0;

  const failAll = (/** @type {Error} */ error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const take = (/** @type {string} */ text) => {
    const message = JSON.parse(text);
    if (!Array.isArray(message)) return; // its greeting
    const [, id, error, result] = message;
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(Object.assign(new Error(error.message), { code: error.error }));
    else resolve?.(result !== null && typeof result === 'object' && 'value' in result ? result.value : result);
  };
  socket.on('data', (part) => {
    unread = Buffer.concat([unread, part]);
    for (;;) {
      const colon = unread.indexOf(':');
      const end = colon + 1 + Number(unread.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || unread.length < end) return;
      const text = unread.subarray(colon + 1, end).toString();
      unread = unread.subarray(end);
      take(text);
    }
  });
  socket.on('error', failAll).on('close', () => {
    failAll(new Error('Firefox has gone.'));
  });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));

  return {
    send: (command, parameters) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        // geckodriver would have matched the capabilities; Firefox itself wants them as they are.
        const words = parameters.capabilities?.alwaysMatch ?? parameters;
        const text = JSON.stringify([0, last, `WebDriver:${command}`, words]);
        socket.write(`${Buffer.byteLength(text)}:${text}`);
      }),
    close: () => socket.destroy(),
  };
}
