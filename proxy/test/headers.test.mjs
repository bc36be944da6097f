// What a client says about itself counts for nothing; what the servers say about themselves stays inside.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { image, jpeg, startStack } from './stack.mjs';

/** @type {import('./stack.mjs').Stack} */
let stack;
before(async () => (stack = await startStack()));
beforeEach(() => {
  stack.reset();
});
after(() => stack.stop());

const lies = Object.fromEntries(
  `X-Original-URI X-Original-Method X-Original-Host X-Forwarded-For X-Forwarded-Proto X-Forwarded-Host X-Forwarded-Port
  X-Forwarded-Uri X-Forwarded-Method X-Forwarded-Prefix X-Forwarded-Server Forwarded Original-Uri X-Real-IP X-Client-IP
  True-Client-IP X-Rewrite-URL X-Image-Path X-Image-Version X-Image-ETag X-Image-Link X-Image-Id X-Deny X-Deny-Body X-Deny-Whatever
  X-Accel-Redirect X-Accel-Expires X-Sendfile Remote-User X-Remote-User X-User X-HTTP-Method-Override X-Method-Override
  X-IIIF-ID X_Image_Path X_Original_URI X.Image.Path Proxy Upgrade TE Expect-CT Via Max-Forwards`
    .split(/\s+/)
    .map((name) => [name, `lie-${name}`]),
);

for (const path of [image, '/', '/auth/iiif-login', '/iiif/manifests/x', '/iiif/images/x/info.json']) {
  test(`row 103: none of a client's own words about itself reaches auth: ${path}`, async () => {
    await stack.ask(path, { headers: lies });
    assert.equal(stack.auth.asked.length, 1);
    const text = JSON.stringify(stack.auth.asked[0]).replaceAll(path, '');
    assert.ok(!text.includes('lie-'), text);
    assert.equal(stack.auth.asked[0].headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(stack.auth.asked[0].headers['x-forwarded-proto'], 'http');
  });
}

test('no header of a client reaches the image server', async () => {
  await stack.ask(image, {
    headers: { ...lies, Cookie: 'a=1', 'If-None-Match': '"x"', 'If-Modified-Since': 'garbage' },
  });
  assert.deepEqual(stack.images.asked[0].rawHeaders, ['Host', 'image-server', 'Connection', 'close']);
});

test('a document gets what auth needs to answer a browser', async () => {
  const headers = {
    accept: 'text/html',
    'accept-language': 'de',
    'content-type': 'text/plain',
    cookie: 'a=1; b=2',
    authorization: 'Bearer t',
    'if-none-match': '"d"',
    origin: 'https://viewer.example.org',
    referer: 'https://viewer.example.org/x',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-user': '?1',
    'sec-purpose': 'prefetch',
    'user-agent': 'Mirador',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  };
  await stack.ask('/iiif/manifests/x', { headers });
  const { host, ...arrived } = stack.auth.asked[0].headers;
  assert.equal(host, 'images.example.org');
  assert.deepEqual(arrived, { ...headers, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
});

test('two cookie headers arrive as one', async () => {
  await stack.ask('/', { headers: { Cookie: ['SID=bad', 'sid=good'] } });
  assert.equal(stack.auth.asked[0].headers.cookie, 'SID=bad; sid=good');
});

test('what an image server says besides the picture is hidden', async () => {
  const said = {
    Server: 'iipsrv/1.1',
    'X-Powered-By': 'IIPImage',
    'Content-Disposition': 'inline;filename="secret-name.jpg"',
    'Last-Modified': 'Sun, 22 Nov 2026 08:13:30 GMT',
    'Cache-Control': 'max-age=86400',
    Expires: 'Sun, 22 Nov 2099 00:00:00 GMT',
    ETag: '"theirs"',
    Vary: 'X',
    Link: '<http://image-server/x>;rel="canonical"',
    'Accept-Ranges': 'bytes',
    'Set-Cookie': 'JSESSIONID=1',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'X',
    'X-Accel-Redirect': '/.document',
  };
  stack.images.answer = () => jpeg(said);
  for (const kept of ['from the image server', 'from the cache']) {
    const { date: _date, connection: _connection, server: _server, ...headers } = (await stack.ask(image)).headers;
    assert.deepEqual(
      Object.keys(headers).toSorted(),
      [
        'access-control-allow-origin',
        'cache-control',
        'content-length',
        'content-type',
        'cross-origin-resource-policy',
        'etag',
        'vary',
        'x-content-type-options',
      ],
      kept,
    );
    assert.deepEqual(
      [headers['access-control-allow-origin'], headers['cache-control'], headers.etag],
      [['*'], ['private, no-cache'], ['"v1"']],
    );
  }
});

test("the version of nginx and the name of auth's framework are not told", async () => {
  stack.auth.answer = () => ({ status: 200, headers: { 'X-Powered-By': 'Express' } });
  const { headers } = await stack.ask('/');
  assert.deepEqual(headers.server, ['nginx']);
  assert.equal(headers['x-powered-by'], undefined);
});

test('auth cannot send a client elsewhere inside nginx', async () => {
  stack.auth.answer = () => ({ status: 200, headers: { 'X-Accel-Redirect': '/.image' }, body: 'document' });
  assert.equal((await stack.ask('/')).body.toString(), 'document');
});

test('the log has the path, and no query, cookie, token, referrer or broken line', async () => {
  const secret = 'hunter2';
  await stack.ask(`/iiif/images/a%0aFAKE/full/full/0/default.jpg?token=${secret}`, {
    headers: { Cookie: secret, Authorization: `Bearer ${secret}`, Referer: secret, 'User-Agent': secret },
  });
  await stack.ask(`/auth/iiif-token?messageId=${secret}`);
  await stack.ask(`/nothing?${secret}`);
  await stack.ask(`/${'a'.repeat(40_000)}?${secret}`);
  // Each process of nginx writes what it has once a second.
  const logged = ['a%0aFAKE', 'iiif-token', 'nothing', 'a'.repeat(100)];
  await until('all are in the log', () => logged.every((part) => stack.log().includes(part)));
  const log = stack.log();
  assert.ok(!log.includes(secret));
  assert.match(log, /"GET \/iiif\/images\/a%0aFAKE\/full\/full\/0\/default\.jpg" 200 /);
  assert.match(log, /"GET \/auth\/iiif-token" 200 /);
  assert.match(log, /"GET \/nothing" 404 /);
});
