// More connections than files that may be open: an idle one makes room for one that asks.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { image, startStack } from './stack.mjs';

/**
 * Opens connections that say nothing, from several addresses of this machine.
 * @param {number} port
 * @param {number} count
 */
async function idle(port, count) {
  /** @type {import('node:net').Socket[]} */
  const sockets = [];
  for (let number = 0; number < count; number++) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (number % 8)}` });
    socket.on('error', () => undefined);
    sockets.push(socket);
    if (number % 100 === 99) await once(socket, 'connect'); // no more at a time than the queue of the system
  }
  return sockets;
}

for (const { limits, count } of [
  { limits: '1024:1024', count: 2100 }, // nothing can be raised
  { limits: '256:8192', count: 900 }, // a soft limit
]) {
  test(`${count} idle connections where ${limits} files may be open: a picture and a document all the same`, async () => {
    const stack = await startStack({ FILES: limits });
    /** @type {import('node:net').Socket[]} */
    const sockets = [];
    try {
      sockets.push(...(await idle(stack.port, count)));
      await until('all are connected', () => sockets.every(({ connecting }) => !connecting));
      stack.reset();
      assert.equal((await stack.ask(image)).status, 200);
      assert.equal((await stack.ask('/')).status, 200);
      assert.doesNotMatch(stack.words(), /alert|Too many open files/);
    } finally {
      for (const socket of sockets) socket.destroy();
      await stack.stop();
    }
  });
}
