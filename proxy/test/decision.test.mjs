// The contract between nginx and auth: what is asked, and what becomes of each answer.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { allow, image, imagePath, picture, send, startStack, until } from './stack.mjs';

let stack;
before(async () => (stack = await startStack()));
beforeEach(() => stack.reset());
after(() => stack.stop());

const jsonOf = (answer) => {
  assert.deepEqual(answer.headers['content-type'], ['application/json']);
  assert.deepEqual(answer.headers['cache-control'], ['no-store']);
  assert.deepEqual(Object.keys(answer.json), ['error', 'message']);
  return answer.json;
};

test('auth gets the raw address, the method and the credentials of the visitor', async () => {
  const path = '/iiif/images/maps%21isl%C3%A4nd.tif/full/200,/0/default.jpg?x=%20y';
  await stack.ask(path, {
    method: 'HEAD',
    headers: { Cookie: 'a=1; b=2', Authorization: 'Bearer t', 'If-None-Match': '"v1"' },
  });
  const [{ method, url, headers }] = stack.auth.asked;
  assert.equal(method, 'GET');
  assert.equal(url, '/auth/query_auth');
  assert.deepEqual(headers, {
    host: 'images.example.org',
    'x-original-uri': path,
    'x-original-method': 'HEAD',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    cookie: 'a=1; b=2',
    authorization: 'Bearer t',
    'if-none-match': '"v1"',
  });
});

test('200: the picture comes from the path that auth returned, encoded as it is, with our headers', async () => {
  const path = '/iiif/Fotos%2520K%25C3%25B6ln/page%25201.tif/0,0,9,9/9,9/!90/default.jpg';
  stack.auth.answer = () => allow({ 'X-Image-Path': path });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, picture);
  assert.equal(stack.images.asked[0].url, path);
  const { date, connection, server, ...headers } = answer.headers;
  assert.deepEqual(server, ['nginx']);
  assert.deepEqual(headers, {
    'content-type': ['image/jpeg'],
    'content-length': [String(picture.length)],
    'cache-control': ['private, no-cache'],
    etag: ['"v1"'],
    vary: ['Authorization, Cookie'],
    'access-control-allow-origin': ['*'],
    'cross-origin-resource-policy': ['cross-origin'],
    'x-content-type-options': ['nosniff'],
  });
});

test('a path for digilib is taken too', async () => {
  const path = '/digilib/Scaler/vitrine-images/maps!island.tif/full/200,133/0/default.png';
  stack.auth.answer = () => allow({ 'X-Image-Path': path });
  assert.equal((await stack.ask(image)).status, 200);
  assert.equal(stack.images.asked[0].url, path);
});

test("401: auth's words, open to scripts, never kept, no challenge that opens a browser's own dialogue", async () => {
  stack.auth.answer = () => ({
    status: 401,
    headers: { 'X-Deny-Body': '{"error":"login_required","message":"Log in."}' },
  });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 401);
  assert.deepEqual(jsonOf(answer), { error: 'login_required', message: 'Log in.' });
  assert.deepEqual(answer.headers['access-control-allow-origin'], ['*']);
  assert.deepEqual(answer.headers.vary, ['Authorization, Cookie, Sec-Fetch-Storage-Access']);
  assert.equal(answer.headers['activate-storage-access'], undefined);
  assert.equal(answer.headers['www-authenticate'], undefined);
  assert.equal(answer.headers.etag, undefined);
  assert.equal(stack.images.asked.length, 0);
});

test('401: a browser that has the permission to send its cookies and did not is told to try again', async () => {
  stack.auth.answer = () => ({ status: 401, headers: {} });
  const asked = (origin, storage = 'inactive') =>
    stack.ask(image, { headers: { Origin: origin, 'Sec-Fetch-Storage-Access': storage } });
  const answer = await asked('https://viewer.example.net');
  assert.equal(answer.status, 401);
  assert.deepEqual(answer.headers['activate-storage-access'], ['retry; allowed-origin="https://viewer.example.net"']);
  for (const refused of [asked('https://a"; x="'), asked('null'), asked('https://viewer.example.net', 'none')]) {
    assert.equal((await refused).headers['activate-storage-access'], undefined);
  }
});

test('a signature in the path is in no log, and what it opens in no cache of a browser', async () => {
  const answer = await stack.ask('/iiif/3/images/~t0psecret/maps!island.tif/full/200,/0/default.jpg?x=1');
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.headers['cache-control'], ['no-store']);
  await until(() => stack.log().includes('~/maps'));
  const log = stack.log();
  assert.match(log, /"GET \/iiif\/3\/images\/~\/maps!island\.tif\/full/);
  assert.doesNotMatch(log, /t0psecret/);
});

for (const status of [400, 403, 404, 500, 503]) {
  test(`403 with X-Deny ${status}: that status, in auth's words`, async () => {
    const headers = { 'X-Deny': status, 'X-Deny-Body': `{"error":"e${status}","message":"m"}` };
    stack.auth.answer = () => ({ status: 403, headers });
    const answer = await stack.ask(image);
    assert.equal(answer.status, status);
    assert.equal(jsonOf(answer).error, `e${status}`);
    assert.equal(stack.images.asked.length, 0);
  });
}

test('403 with X-Deny 304: 304 with the ETag and no body', async () => {
  stack.auth.answer = () => ({ status: 403, headers: { 'X-Deny': 304, 'X-Image-ETag': '"v1"' } });
  const answer = await stack.ask(image, { headers: { 'If-None-Match': '"v1"' } });
  assert.equal(answer.status, 304);
  assert.equal(answer.body.length, 0);
  assert.deepEqual(answer.headers.etag, ['"v1"']);
  assert.deepEqual(answer.headers['cache-control'], ['private, no-cache']);
  assert.equal(stack.images.asked.length, 0);
});

test('403 without X-Deny is 403', async () => {
  stack.auth.answer = () => ({ status: 403 });
  const answer = await stack.ask(image);
  assert.equal(answer.status, 403);
  assert.equal(jsonOf(answer).error, 'denied');
});

for (const [what, answerOfAuth] of Object.entries({
  'an error': { status: 500 },
  'its own 503': { status: 503 },
  'a redirect': { status: 302, headers: { Location: '/' } },
  404: { status: 404 },
  '200 without a path': { status: 200 },
  204: { status: 204 },
  'a dropped connection': { destroy: true },
})) {
  test(`${what} from auth opens nothing: 503`, async () => {
    stack.auth.answer = () => answerOfAuth;
    const answer = await stack.ask(image);
    assert.equal(answer.status, 503);
    assert.equal(jsonOf(answer).error, 'unavailable');
    assert.equal(stack.images.asked.length, 0);
  });
}

for (const path of [
  'http://127.0.0.1:1/x',
  '//evil/iiif/x',
  '/iiif//x',
  '/digilib/x',
  '/iiif/x?FIF=y',
  '/iiif/x&FIF=y',
  '/iiif/a b',
  '/iiif/..;/x',
]) {
  test(`a path that the contract does not know goes nowhere: ${path}`, async () => {
    stack.auth.answer = () => allow({ 'X-Image-Path': path });
    assert.equal((await stack.ask(image)).status, 503);
    assert.equal(stack.images.asked.length, 0);
  });
}

test('row 104: auth down: 503 for images and documents; back again: served without a restart', async () => {
  const { port } = stack.auth;
  await stack.auth.stop();
  try {
    for (const path of [image, '/', '/auth/iiif-login', '/iiif/manifests/maps', '/iiif/images/x/info.json']) {
      const answer = await stack.ask(path);
      assert.equal(answer.status, 503, path);
      assert.equal(jsonOf(answer).error, 'unavailable');
      assert.deepEqual(answer.headers['access-control-allow-origin'], path.startsWith('/iiif/') ? ['*'] : undefined);
    }
  } finally {
    await stack.auth.start(port);
  }
  assert.equal((await stack.ask(image)).status, 200);
  assert.equal((await stack.ask('/')).status, 200);
});

test('two visitors on one connection are judged each for themselves', async () => {
  stack.auth.answer = ({ headers }) => (headers.cookie === 'good=1' ? allow() : { status: 401 });
  const line = `GET ${image} HTTP/1.1\r\nHost: x\r\n`;
  const bytes = `${line}Cookie: good=1\r\n\r\n${line}\r\n${line}Cookie: good=1\r\nConnection: close\r\n\r\n`;
  const statuses = (await send(stack.port, bytes)).toString('latin1').match(/HTTP\/1\.1 \d+/g);
  assert.deepEqual(statuses, ['HTTP/1.1 200', 'HTTP/1.1 401', 'HTTP/1.1 200']);
});

test('the image server is asked for exactly what auth said, by nobody in particular', async () => {
  await stack.ask(`${image}?FIF=secret.tif`, {
    headers: {
      Cookie: 'a=1',
      Authorization: 'Bearer t',
      'X-IIIF-ID': '%s%s',
      'User-Agent': '%n',
      Accept: 'x/y',
      Range: 'bytes=0-1',
    },
  });
  const [{ method, url, rawHeaders }] = stack.images.asked;
  assert.equal(`${method} ${url}`, `GET ${imagePath}`);
  assert.deepEqual(rawHeaders, ['Host', 'image-server', 'Connection', 'close']);
});
