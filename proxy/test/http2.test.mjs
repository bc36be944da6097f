// What a client of HTTP/2 may do to others.
import assert from 'node:assert/strict';
import { connect } from 'node:http2';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Authority, rsa } from '../../test-support/authority.mjs';
import { until } from '../../test-support/until.mjs';
import { putOwn } from './certificateFiles.mjs';
import { allow, granted, image, startStack } from './stack.mjs';
import { host } from './tls.mjs';

/** As the proxy is told: requests of a connection, and those under way at a time. */
const OF_A_CONNECTION = 1000;
const AT_ONCE = 128;

const workshop = mkdtempSync(join(tmpdir(), 'vitrine-authority-'));
const authority = new Authority(workshop);
/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => {
  stack = await startStack({ VIRTUAL_HOST_PROTO: 'https', HTTPS_PORT: '8443' }, (folder) => {
    putOwn(folder, authority.issue({ kind: rsa(2048) }));
  });
  stack.auth.answer = () => allow(granted());
});
after(async () => {
  await stack.stop();
  rmSync(workshop, { recursive: true });
});

/** @returns {import('node:http2').ClientHttp2Session} */
function session() {
  const opened = connect(`https://127.0.0.1:${stack.tlsPort}`, {
    ca: authority.pem,
    servername: host,
    maxSendHeaderBlockLength: 1_000_000,
  });
  opened.on('error', () => undefined); // the proxy may hang up
  return opened;
}

/**
 * @param {import('node:http2').ClientHttp2Session} from
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @returns {Promise<number>} the status
 */
async function ask(from, path, headers = {}) {
  const stream = from.request({ ':path': path, ':authority': host, ...headers });
  const answer = await new Promise((resolve, reject) => stream.once('response', resolve).once('error', reject));
  stream.resume();
  return answer[':status'];
}

test('it says how many requests it takes at a time', async () => {
  const own = session();
  try {
    await until('its settings', () => own.remoteSettings.maxConcurrentStreams === AT_ONCE);
  } finally {
    own.destroy();
  }
});

test('more headers than it takes: that connection ends, nobody is asked, and no other one hears of it', async () => {
  const reader = session();
  try {
    assert.equal(await ask(reader, image), 200);
    const asked = stack.auth.asked.length;
    // A header of 40 kB, as it is sent; of all together it takes twice as much.
    for (const headers of [
      { cookie: '{'.repeat(45_000) },
      Object.fromEntries(Array.from({ length: 4000 }, (_, number) => [`x-${number}`, '{'.repeat(20)])),
    ]) {
      const hostile = session();
      try {
        const refused = await ask(hostile, image, headers).catch((/** @type {unknown} */ error) => String(error));
        assert.match(String(refused), /^431$|closed/);
      } finally {
        hostile.destroy();
      }
      assert.equal(await ask(reader, image), 200);
    }
    assert.ok(stack.auth.asked.length <= asked + 1, 'for the reader, once more at most');
  } finally {
    reader.destroy();
  }
});

test('whoever takes back all requests at once loses the connection, and keeps nobody waiting', async () => {
  const reader = session();
  const hostile = session();
  let asked = 0;
  let isOver = /** @type {boolean} */ (false);
  hostile.once('close', () => (isOver = true)).once('goaway', () => (isOver = true));
  try {
    assert.equal(await ask(reader, image), 200);
    // In bundles, as fast as the connection takes them; at most twice what is allowed.
    while (!isOver && asked < 2 * OF_A_CONNECTION) {
      for (let turn = 0; turn < 50 && !hostile.closed && !hostile.destroyed; turn++, asked++) {
        const stream = hostile.request({ ':path': `${image}?${asked}`, ':authority': host });
        stream.on('error', () => undefined);
        stream.close(8); // CANCEL
      }
      assert.equal(await ask(reader, image), 200);
    }
    await until('the connection is over', () => isOver);
    assert.ok(asked <= 2 * OF_A_CONNECTION, `${asked} requests`);
    assert.equal(await ask(reader, image), 200);
  } finally {
    reader.destroy();
    hostile.destroy();
  }
  assert.equal((await stack.ask('/', { headers: { Host: host } })).status, 301);
});
