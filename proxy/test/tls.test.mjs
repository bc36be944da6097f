// https as the proxy speaks it: versions, ciphers, resumption, HTTP/2, HSTS, and the way there from http.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect as connectHttp2 } from 'node:http2';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Authority, rsa } from '../../test-support/authority.mjs';
import { putOwn } from './certificateFiles.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { until } from '../../test-support/until.mjs';
import { allow, granted, image, picture, startStack } from './stack.mjs';
import { askTls, host, sClient, shake } from './tls.mjs';

const workshop = mkdtempSync(join(tmpdir(), 'vitrine-authority-'));
const authority = new Authority(workshop);
const ca = authority.pem;
/** @type {import('./stack.mjs').Stack} */
let stack;

before(async () => {
  stack = await startStack({ VIRTUAL_HOST_PROTO: 'https', HTTPS_PORT: '8443' }, (folder) => {
    putOwn(folder, authority.issue({ kind: rsa(2048) }));
    mkdirSync(join(folder, 'challenges/.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(folder, 'challenges/.well-known/acme-challenge/to-ken_1'), 'to-ken_1.thumb');
    writeFileSync(join(folder, 'challenges/secret'), 'not for anybody');
  });
});
beforeEach(() => {
  stack.reset();
});
after(async () => {
  await stack.stop();
  rmSync(workshop, { recursive: true });
});

/** @typedef {import('node:tls').ConnectionOptions} ConnectionOptions */

for (const version of /** @type {const} */ (['TLSv1.2', 'TLSv1.3'])) {
  test(`${version} is spoken`, async () => {
    const socket = await shake(stack.tlsPort, {
      minVersion: version,
      maxVersion: version,
      ca,
      rejectUnauthorized: true,
    });
    assert.equal(socket.getProtocol(), version);
    socket.destroy();
  });

  test(`a ${version} session is resumed`, async () => {
    /** @type {ConnectionOptions} */
    const only = { minVersion: version, maxVersion: version };
    /** @type {Buffer | undefined} */
    let session;
    const first = await shake(stack.tlsPort, only, (given) => (session = given));
    await until('a session to resume', () => session !== undefined);
    first.destroy();
    // The first worker may keep it a moment after the client has it, and the second client may meet another worker.
    await until('a resumed session', async () => {
      const second = await shake(stack.tlsPort, { ...only, session });
      const reused = second.isSessionReused();
      second.destroy();
      return reused;
    });
  });
}

/** @type {[what: string, options: ConnectionOptions][]} */
const weak = [
  ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
  ['a cipher without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
  ['a cipher in CBC mode', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA' }],
];
for (const [what, options] of weak) {
  test(`${what} is refused`, async () => {
    await assert.rejects(shake(stack.tlsPort, options), /alert|handshake|version|reset/i);
  });
}

test('the finite-field ciphers of Mozilla use a group of 2048 bits', async () => {
  const text = await sClient(stack.tlsPort, '-tls1_2', '-cipher', 'DHE-RSA-AES128-GCM-SHA256');
  assert.match(text, /Server Temp Key: DH, 2048 bits/);
});

/**
 * @param {import('node:http2').ClientHttp2Session} session
 * @param {string} path
 */
async function askHttp2(session, path) {
  const stream = session.request({ ':path': path, ':authority': host });
  const headers = await new Promise((resolve, reject) => stream.once('response', resolve).once('error', reject));
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  assert.equal(headers[':status'], 200);
  assert.deepEqual(Buffer.concat(chunks), picture);
}

test('HTTP/2: a picture, with its decision, which is remembered; in the open that counts for nothing', async () => {
  stack.auth.answer = () => allow(granted());
  const path = image.replace('island', 'remembered');
  const session = connectHttp2(`https://127.0.0.1:${stack.tlsPort}`, { ca, servername: host });
  try {
    for (const _ of [1, 2, 3]) await askHttp2(session, path);
    assert.deepEqual(
      stack.auth.asked.map(({ headers }) => headers['x-original-uri']),
      [path],
    );
    assert.equal((await stack.ask(path, { headers: { Host: host } })).status, 301);
  } finally {
    session.close();
  }
});

/** @type {[what: string, path: string, method: string, answer?: import('./stack.mjs').StubAnswer][]} */
const answers = [
  ['a picture', image, 'GET'],
  ['a preflight', image, 'OPTIONS', undefined],
  ['a refused picture', image, 'GET', { status: 401 }],
  ['a document', '/iiif/manifests/maps', 'GET', { status: 200, body: '{}' }],
  [
    'a document whose sender sets it too',
    '/',
    'GET',
    { status: 200, headers: { 'Strict-Transport-Security': 'max-age=1' } },
  ],
  ['nothing', '/nothing', 'GET', undefined],
  ['a challenge', '/.well-known/acme-challenge/to-ken_1', 'GET', undefined],
  ['a method that is not answered', image, 'DELETE', undefined],
];
for (const [what, path, method, answer] of answers) {
  test(`HSTS comes once with ${what}`, async () => {
    if (answer) stack.auth.answer = () => answer;
    const { headers } = await askTls(stack.tlsPort, path, { ca, method });
    assert.equal(headers['strict-transport-security'], 'max-age=63072000');
  });
}

for (const path of [
  '/',
  '/nothing',
  image,
  '/iiif/images/a%20b/info.json?x=y',
  '/auth/admin/',
  '//evil.example/',
  '/.well-known/acme-challenge/',
]) {
  test(`http leads to https, whatever Host says: ${path}`, async () => {
    const { status, headers } = await stack.ask(path, { headers: { Host: 'evil.example' } });
    assert.equal(status, 301);
    assert.deepEqual(headers.location, [`https://${host}:8443${path}`]);
    assert.equal(headers['strict-transport-security'], undefined);
    assert.equal(stack.auth.asked.length, 0);
  });
}

test('a challenge is answered in the open, and nothing else of its folder', async () => {
  const answer = await stack.ask('/.well-known/acme-challenge/to-ken_1');
  assert.deepEqual([answer.status, answer.body.toString()], [200, 'to-ken_1.thumb']);
  assert.equal((await stack.ask('/.well-known/acme-challenge/another')).status, 404);
  symlinkSync('../../secret', join(stack.folder, 'challenges/.well-known/acme-challenge/link'));
  for (const path of [
    '/.well-known/acme-challenge/link',
    '/secret',
    '/.well-known/acme-challenge/../../secret',
    '/.well-known/acme-challenge/%2e%2e%2f%2e%2e%2fsecret',
  ]) {
    assert.notEqual((await stack.ask(path)).body.toString(), 'not for anybody', path);
  }
});

test('http on the port of https is refused in words', async () => {
  const { status, json } = await stack.ask('/', {}, stack.tlsPort);
  assert.deepEqual([status, json?.error], [400, 'bad_request']);
});

test('auth and the image server see no difference', async () => {
  await askTls(stack.tlsPort, image, { ca, headers: { 'X-Forwarded-Proto': 'http', 'X-Forwarded-For': '9.9.9.9' } });
  const { headers } = stack.auth.asked[0];
  assert.equal(headers['x-forwarded-for'], '127.0.0.1');
  assert.equal(headers.host, host);
  assert.deepEqual(stack.images.asked[0].rawHeaders, ['Host', 'image-server', 'Connection', 'close']);
});

test('where the issuer offers OCSP, its answer comes with the certificate', async () => {
  const port = await freePort();
  const issued = authority.issue({ ocsp: `http://127.0.0.1:${port}` });
  const files = ['-index', join(workshop, 'index'), '-CA', authority.certificate];
  const signer = ['-rsigner', authority.certificate, '-rkey', authority.key, '-ndays', '1'];
  const responder = spawn('openssl', ['ocsp', '-port', String(port), ...files, ...signer], { stdio: 'ignore' });
  const stapling = await startStack({ VIRTUAL_HOST_PROTO: 'https' }, (folder) => {
    putOwn(folder, issued);
  });
  try {
    // nginx asks the responder when the first client comes, and has the answer for the next one.
    await until('a stapled answer', async () =>
      (await sClient(stapling.tlsPort, '-status')).includes('OCSP Response Status: successful'),
    );
    assert.ok(!(await sClient(stack.tlsPort, '-status')).includes('OCSP Response Status: successful'));
  } finally {
    responder.kill();
    await stapling.stop();
  }
});
