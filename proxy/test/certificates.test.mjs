// Where the certificate comes from, and that a new one is taken up without anybody noticing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { days, rsa } from '../../test-support/authority.mjs';
import { send } from '../../test-support/rawHttp.mjs';
import { until } from '../../test-support/until.mjs';
import { putAcme, putOwn } from './certificateFiles.mjs';
import { authority, isSaid, isServed, serial, start, withEmail, workshop } from './certificateStacks.mjs';
import { askTls, host, servedSerial, shake } from './tls.mjs';

test('without a certificate: challenges and 503; with the first one: https', async () => {
  const stack = await start(withEmail, (folder) => {
    mkdirSync(join(folder, 'challenges/.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(folder, 'challenges/.well-known/acme-challenge/token'), 'token.thumb');
  });
  assert.equal((await stack.ask('/.well-known/acme-challenge/token')).body.toString(), 'token.thumb');
  for (const path of ['/', '/auth/iiif-login', '/nothing']) {
    const { status, json, headers } = await stack.ask(path);
    assert.deepEqual([status, json?.error, headers['retry-after']], [503, 'no_certificate', ['60']]);
  }
  assert.equal(stack.auth.asked.length, 0);
  await assert.rejects(shake(stack.tlsPort), /unrecognized name/);

  const first = authority.issue();
  putAcme(stack.folder, first);
  await isServed(stack, first);
  const { status, headers } = await stack.ask('/');
  assert.deepEqual([status, headers.location], [301, [`https://${host}/`]]);
});

test("the container's own question is answered, certificate or not, and only its own", async () => {
  const stack = await start({ ...withEmail, TRUSTED_PROXIES: '' });
  stack.auth.answer = () => ({ status: 200, body: 'start page' });
  const asked = async (/** @type {string[]} */ ...lines) =>
    String(await send(stack.port, `${lines.join('\r\n')}\r\n\r\n`)).split(' ')[1];
  const own = 'User-Agent: vitrine-health';
  // Without those of the start of this test.
  const logged = () => stack.log().match(/"GET (?!\/none)[^"]*" \d+/g) ?? [];
  assert.equal(await asked('GET / HTTP/1.0', own), '200');
  assert.equal(await asked('GET /auth/health HTTP/1.0', own), '200');
  assert.equal(await asked('GET / HTTP/1.0'), '503');
  assert.equal(await asked('GET /auth/iiif-login HTTP/1.0', own), '503');
  assert.equal(await asked('GET / HTTP/1.0', own, 'X-Forwarded-For: 203.0.113.9'), '503');
  // The log is written a second late, what came first first.
  await until('the others are in the log', () => logged().filter((line) => line.endsWith(' 503')).length === 3);
  assert.equal(logged().length, 3);
});

test('a certificate that has not begun, as for a clock that is late, is taken when it has', async () => {
  const later = join(workshop, 'later');
  const shims = mkdtempSync(join(workshop, 'bin-'));
  writeFileSync(
    join(shims, 'date'),
    `#!/bin/sh\nif [ "$*" = +%s ] && [ -e "${later}" ]; then set -- -d '+2 days' +%s; fi\nexec /bin/date "$@"\n`,
    { mode: 0o755 },
  );
  const soon = authority.issue({ between: days(1, 30) });
  const path = `${shims}:${process.env.PATH}:/usr/sbin`;
  const stack = await start({ ...withEmail, PATH: path }, (folder) => {
    putAcme(folder, soon);
  });
  assert.match(stack.words(), /begins on/);
  writeFileSync(later, '');
  await isServed(stack, soon);
});

test('what nginx cannot read now it reads as soon as it can', async () => {
  const [old, renewed] = [authority.issue(), authority.issue()];
  const folderOfLog = mkdtempSync(join(tmpdir(), 'vitrine-log-'));
  try {
    const stack = await start({ ...withEmail, ACCESS_LOG: join(folderOfLog, 'access.log') }, (folder) => {
      putAcme(folder, old);
    });
    rmSync(folderOfLog, { recursive: true });
    putAcme(stack.folder, renewed);
    await isSaid(stack, /nginx cannot read its configuration, trying again: .*access\.log/);
    assert.equal(await servedSerial(stack.tlsPort), serial(old));
    mkdirSync(folderOfLog);
    await isServed(stack, renewed);
    assert.equal(stack.words().match(/cannot read/g)?.length, 1, 'said once');
  } finally {
    rmSync(folderOfLog, { recursive: true, force: true });
  }
});

test('the process that looks for certificates is started again when it is killed', async () => {
  const stack = await start(withEmail);
  const follower = () =>
    execFileSync('pgrep', ['-g', String(stack.pid), '-f', 'proxy/follow'])
      .toString()
      .split('\n')[0];
  process.kill(Number(follower()), 'SIGKILL');
  const first = authority.issue();
  putAcme(stack.folder, first);
  await isServed(stack, first);
});

test('a renewed certificate is taken up: no request fails, and what is under way goes on', async () => {
  const [old, renewed] = [authority.issue(), authority.issue()];
  const stack = await start(withEmail, (folder) => {
    putAcme(folder, old);
  });
  const large = Buffer.alloc(30_000_000, 'x');
  stack.auth.answer = ({ url }) => ({ status: 200, body: url === '/iiif/manifests/large' ? large : 'small' });

  const download = await shake(stack.tlsPort);
  download.setTimeout(0);
  download.write(`GET /iiif/manifests/large HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  await new Promise((resolve) => download.once('readable', resolve)); // it has begun; nobody reads on for now

  putAcme(stack.folder, renewed);
  let asked = 0;
  await until('the renewed certificate is served', async () => {
    const { status } = await askTls(stack.tlsPort, '/', { ca: authority.pem });
    assert.equal(status, 200);
    asked += 1;
    return (await servedSerial(stack.tlsPort)) === serial(renewed);
  });
  assert.ok(asked > 3, `${asked} requests while it happened`);

  let length = 0;
  for await (const chunk of /** @type {AsyncIterable<Buffer>} */ (download)) length += chunk.length;
  assert.ok(length > large.length, `${length} bytes of ${large.length}`);
});

test("the operator's own wins over certbot's; when it goes, certbot's is there", async () => {
  const [own, acme] = [authority.issue({ kind: rsa(2048) }), authority.issue()];
  const stack = await start(withEmail, (folder) => {
    putAcme(folder, acme);
  });
  await isServed(stack, acme);
  putOwn(stack.folder, own);
  await isServed(stack, own);
  for (const name of [`${host}.crt`, `${host}.key`]) rmSync(join(stack.folder, 'certs', name));
  await isServed(stack, acme);
});
