// Where the certificate comes from, what is refused, and that a new one is taken up without anybody noticing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Authority, days, rsa } from './authority.mjs';
import { putAcme, putOwn } from './certificateFiles.mjs';
import { send, startStack, until } from './stack.mjs';
import { askTls, host, servedSerial, shake } from './tls.mjs';

let workshop, authority, stack;
before(() => {
  workshop = mkdtempSync(join(tmpdir(), 'vitrine-authority-'));
  authority = new Authority(workshop);
});
after(() => rmSync(workshop, { recursive: true }));
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
});

const https = { VIRTUAL_HOST_PROTO: 'https' };
const withEmail = { ...https, LETSENCRYPT_EMAIL: 'webmaster@example.org' };
const start = async (variables, prepare) => (stack = await startStack(variables, prepare));
const serial = ({ certificate }) => new X509Certificate(certificate).serialNumber;
const isServed = (issued) =>
  until(async () => (await servedSerial(stack.tlsPort)) === serial(issued) && stack.settled());
const isSaid = (words) => until(() => words.test(stack.words()));
const half = ({ certificate, key }) => ({ certificate: certificate.slice(0, 300), key });

test('without a certificate: challenges and 503; with the first one: https', async () => {
  await start(withEmail, (folder) => {
    mkdirSync(join(folder, 'challenges/.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(folder, 'challenges/.well-known/acme-challenge/token'), 'token.thumb');
  });
  assert.equal((await stack.ask('/.well-known/acme-challenge/token')).body.toString(), 'token.thumb');
  for (const path of ['/', '/auth/iiif-login', '/nothing']) {
    const { status, json, headers } = await stack.ask(path);
    assert.deepEqual([status, json.error, headers['retry-after']], [503, 'no_certificate', ['60']]);
  }
  assert.equal(stack.auth.asked.length, 0);
  await assert.rejects(shake(stack.tlsPort), /unrecognized name/);

  const first = authority.issue();
  putAcme(stack.folder, first);
  await isServed(first);
  const { status, headers } = await stack.ask('/');
  assert.deepEqual([status, headers.location], [301, [`https://${host}/`]]);
});

test("the container's own question is answered, certificate or not, and only its own", async () => {
  await start({ ...withEmail, TRUSTED_PROXIES: '' });
  stack.auth.answer = () => ({ status: 200, body: 'start page' });
  const asked = async (line, ...headers) =>
    String(await send(stack.port, `${[line, ...headers].join('\r\n')}\r\n\r\n`)).split(' ')[1];
  const own = 'User-Agent: vitrine-health';
  const before = stack.log().length;
  const logged = () => stack.log().slice(before).match(/"GET /g)?.length ?? 0;
  assert.equal(await asked('GET / HTTP/1.0', own), '200');
  assert.equal(await asked('GET /auth/health HTTP/1.0', own), '200');
  assert.equal(logged(), 0);
  assert.equal(await asked('GET / HTTP/1.0'), '503');
  assert.equal(await asked('GET /auth/iiif-login HTTP/1.0', own), '503');
  assert.equal(await asked('GET / HTTP/1.0', own, 'X-Forwarded-For: 203.0.113.9'), '503');
  assert.equal(logged(), 3);
});

test('a certificate that begins in a moment, as for a clock that is late, is taken then', async () => {
  const soon = authority.issue({ between: days(4 / 86_400, 30) });
  await start(withEmail, (folder) => putAcme(folder, soon));
  assert.match(stack.words(), /begins on/);
  await isServed(soon);
});

test('what nginx cannot read now it reads as soon as it can', async () => {
  const [old, renewed] = [authority.issue(), authority.issue()];
  const folderOfLog = mkdtempSync(join(tmpdir(), 'vitrine-log-'));
  try {
    await start({ ...withEmail, ACCESS_LOG: join(folderOfLog, 'access.log') }, (folder) => putAcme(folder, old));
    rmSync(folderOfLog, { recursive: true });
    putAcme(stack.folder, renewed);
    await isSaid(/nginx cannot read its configuration, trying again: .*access\.log/);
    assert.equal(await servedSerial(stack.tlsPort), serial(old));
    mkdirSync(folderOfLog);
    await isServed(renewed);
    assert.equal(stack.words().match(/cannot read/g).length, 1, 'said once');
  } finally {
    rmSync(folderOfLog, { recursive: true, force: true });
  }
});

test('who looks for certificates is started again when it is killed', async () => {
  await start(withEmail);
  const follower = () =>
    execFileSync('pgrep', ['-g', String(stack.nginx.pid), '-f', 'proxy/follow'])
      .toString()
      .split('\n')[0];
  process.kill(Number(follower()), 'SIGKILL');
  const first = authority.issue();
  putAcme(stack.folder, first);
  await isServed(first);
});

test('a renewed certificate is taken up: no request fails, and what is under way goes on', async () => {
  const [old, renewed] = [authority.issue(), authority.issue()];
  await start(withEmail, (folder) => putAcme(folder, old));
  const large = Buffer.alloc(30_000_000, 'x');
  stack.auth.answer = ({ url }) => ({ status: 200, body: url === '/iiif/manifests/large' ? large : 'small' });

  const download = await shake(stack.tlsPort);
  download.setTimeout(0);
  download.write(`GET /iiif/manifests/large HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  await new Promise((resolve) => download.once('readable', resolve)); // it has begun; nobody reads on for now

  putAcme(stack.folder, renewed);
  let asked = 0;
  await until(async () => {
    const { status } = await askTls(stack.tlsPort, '/', { ca: authority.pem });
    assert.equal(status, 200);
    asked += 1;
    return (await servedSerial(stack.tlsPort)) === serial(renewed);
  });
  assert.ok(asked > 3, `${asked} requests while it happened`);

  let length = 0;
  for await (const chunk of download) length += chunk.length;
  assert.ok(length > large.length, `${length} bytes of ${large.length}`);
});

test("the operator's own wins over certbot's; when it goes, certbot's is there", async () => {
  const [own, acme] = [authority.issue({ kind: rsa(2048) }), authority.issue()];
  await start(withEmail, (folder) => putAcme(folder, acme));
  await isServed(acme);
  putOwn(stack.folder, own);
  await isServed(own);
  for (const name of [`${host}.crt`, `${host}.key`]) rmSync(join(stack.folder, 'certs', name));
  await isServed(acme);
});

const wrong = {
  'for another host': [
    () => authority.issue({ host: 'other.example.org' }),
    /is for other\.example\.org, not for VIRTUAL_HOST=images\.example\.org/,
  ],
  'for a host below this one': [() => authority.issue({ host: `a.${host}` }), /not for VIRTUAL_HOST/],
  'with the key of another': [
    () => ({ certificate: authority.issue().certificate, key: authority.issue().key }),
    /images\.example\.org\.(crt|pem) and its key do not belong together/,
  ],
  'that has ended': [() => authority.issue({ between: days(-30, -1) }), /ended on .* GMT/],
  'that has not begun': [() => authority.issue({ between: days(2, 30) }), /begins on .* GMT/],
  'of 512 bits': [() => authority.issue({ kind: rsa(512) }), /has a key of 512 bits, .* 2048 bits or more/],
  'of which half is there': [() => half(authority.issue()), /cannot be read\. Is it all there/],
  'without a key': [() => ({ ...authority.issue(), key: '' }), /The key of .* cannot be read/],
  'of a kind of key that browsers do not take': [
    () => authority.issue({ kind: ['-algorithm', 'ED25519'] }),
    /RSA or an EC key/,
  ],
  'that is empty': [() => ({ certificate: '', key: '' }), /cannot be read/],
};

for (const [what, [issue, words]] of Object.entries(wrong)) {
  test(`an own certificate ${what}: nothing starts, one line says why`, async () => {
    const failed = await startStack(withEmail, (folder) => putOwn(folder, issue())).then(
      (running) => (stack = running) && assert.fail('it started'),
      ({ message }) => message,
    );
    assert.match(failed, words);
    assert.match(failed, /^proxy: [^\n]*\n$/);
  });
}

for (const what of ['for another host', 'with the key of another', 'that has ended', 'of which half is there']) {
  test(`an own certificate ${what}, put there later: the old one stays, one line says why`, async () => {
    const [issue, words] = wrong[what];
    const good = authority.issue();
    await start(https, (folder) => putOwn(folder, good));
    putOwn(stack.folder, issue());
    await isSaid(words);
    assert.equal(await servedSerial(stack.tlsPort), serial(good));
    const better = authority.issue();
    putOwn(stack.folder, better);
    await isServed(better);
  });
}

for (const what of ['with the key of another', 'of which half is there']) {
  test(`certbot's certificate ${what}: it starts without one, and takes the next`, async () => {
    const [issue, words] = wrong[what];
    await start(withEmail, (folder) => putAcme(folder, issue()));
    assert.match(stack.words(), words);
    assert.equal((await stack.ask('/')).status, 503);
    const better = authority.issue();
    putAcme(stack.folder, better);
    await isServed(better);
  });
}

test("certbot's certificate that has ended is used, with a line in the log, until there is the next", async () => {
  const [ended, renewed] = [authority.issue({ between: days(-90, -1) }), authority.issue()];
  await start(withEmail, (folder) => putAcme(folder, ended));
  assert.equal(await servedSerial(stack.tlsPort), serial(ended));
  assert.match(stack.words(), /ended on .* The log of certbot says why/);
  putAcme(stack.folder, renewed);
  await isServed(renewed);
});

test('a certificate that is about to end is named', async () => {
  await start(https, (folder) => putOwn(folder, authority.issue({ between: days(-90, 5) })));
  await isSaid(/The certificate in use for images\.example\.org ends on .* GMT/);
});

test('one half of a pair is named', async () => {
  const issued = authority.issue();
  const refusal = (prepare) =>
    startStack(https, prepare).then(
      (running) => (stack = running) && '',
      ({ message }) => message,
    );
  assert.match(
    await refusal((folder) => writeFileSync(join(folder, `certs/${host}.crt`), issued.certificate)),
    /images\.example\.org\.key is missing/,
  );
  assert.match(
    await refusal((folder) => writeFileSync(join(folder, `certs/${host}.key`), issued.key)),
    /images\.example\.org\.crt is missing/,
  );
});

test('what is no file is named, and nobody waits for it', async () => {
  const refusal = (make) =>
    startStack(https, (folder) => make(join(folder, `certs/${host}.crt`), join(folder, `certs/${host}.key`))).then(
      (running) => (stack = running) && '',
      ({ message }) => message,
    );
  assert.match(await refusal((crt) => symlinkSync('../../archive/x.pem', crt)), /crt is a link that leads nowhere/);
  const pair = (makeKey) => (crt, key) => (writeFileSync(crt, authority.issue().certificate), makeKey(key));
  assert.match(await refusal(pair((key) => mkdirSync(key))), /key is no file/);
  assert.match(await refusal(pair((key) => execFileSync('mkfifo', [key]))), /key is no file/);
  assert.match(await refusal(pair((key) => writeFileSync(key, Buffer.alloc(2_000_000)))), /key is larger than/);
});
