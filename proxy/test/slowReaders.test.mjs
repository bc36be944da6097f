// A client that reads a large document slowly, or not at all, slows down its own answer and nothing else.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { startStack } from './stack.mjs';

const READERS = 20;
const document = Buffer.alloc(30_000_000, 'a page, ');
const path = '/iiif/3/manifests/large';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.stop());

test('auth sends no more than is read: nothing of a document waits on the disk', async () => {
  /** @type {import('node:net').Socket[]} */
  const upstream = [];
  stack.auth.answer = (request) => {
    upstream.push(request.socket);
    return {
      status: 200,
      headers: { 'Content-Type': 'application/ld+json', 'Content-Length': document.length },
      body: document,
    };
  };
  const readers = Array.from({ length: READERS }, () => stalled(stack.port));
  try {
    await until('all have begun', () => readers.every(({ begun }) => begun()) && upstream.length === READERS);
    // A client that reads is served meanwhile; in that time all of the others' answers would have been taken in as well.
    for (let times = 0; times < 3; times += 1) {
      const { status, body } = await stack.ask(path, { headers: { Accept: '*/*' } });
      assert.deepEqual([status, body.length], [200, document.length]);
    }
    const waiting = upstream.slice(0, READERS).filter((socket) => socket.writableLength > 0);
    assert.equal(waiting.length, READERS);
    assert.equal(await readers[0].rest(), document.length);
  } finally {
    for (const { socket } of readers) socket.destroy();
  }
});

/**
 * Asks for the document and takes nothing but the first bytes of the answer.
 * @param {number} port
 */
function stalled(port) {
  let [head, bytes] = ['', 0];
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  });
  socket.once('data', (chunk) => {
    head = chunk.toString('latin1');
    bytes = chunk.length - head.indexOf('\r\n\r\n') - 4;
    socket.pause();
  });
  return {
    socket,
    begun: () => head !== '',
    /** @returns the bytes of the whole body, when all is there */
    rest: () =>
      new Promise((resolve, reject) => {
        socket.on('data', (chunk) => (bytes += chunk.length)).on('error', reject);
        socket
          .once('close', () => {
            resolve(bytes);
          })
          .resume();
      }),
  };
}
