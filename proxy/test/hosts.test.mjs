// The names by which the server is asked: another one was led here by a stranger's DNS (DNS rebinding).
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { send } from '../../test-support/rawHttp.mjs';
import { image, startStack } from './stack.mjs';

/**
 * @param {Record<string, string>} variables
 * @param {string[]} ours names that are answered
 * @param {string[]} others
 * @param {RegExp} words of the refusal
 */
function around(variables, ours, others, words) {
  /** @type {import('./stack.mjs').Stack} */
  let stack;
  before(async () => (stack = await startStack(variables)));
  beforeEach(() => {
    stack.reset();
  });
  after(() => stack.stop());
  const name = variables.VIRTUAL_HOST;

  for (const host of ours) {
    test(`VIRTUAL_HOST=${name}: asked as ${host}, it answers`, async () => {
      for (const path of [image, '/', '/iiif/images/x/info.json']) {
        assert.equal((await stack.ask(path, { headers: { Host: host } })).status, 200);
      }
    });
  }
  for (const host of others) {
    test(`VIRTUAL_HOST=${name}: asked as ${host}, 421 in words`, async () => {
      for (const path of [image, '/', '/auth/health', '/iiif/images/x/info.json', '/nothing', `http://${host}/`]) {
        const answer = await stack.ask(path, { headers: { Host: host } });
        assert.equal(answer.status, 421, path);
        assert.equal(answer.json?.error, 'wrong_host');
        assert.match(String(answer.json.message), words);
      }
      assert.equal(stack.auth.asked.length + stack.images.asked.length, 0);
    });
  }
  test(`VIRTUAL_HOST=${name}: a question without a name, as the health check sends it`, async () => {
    const answer = await send(stack.port, 'GET / HTTP/1.0\r\nUser-Agent: vitrine-health\r\n\r\n');
    assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
  });
}

const thisMachine = ['localhost', 'LOCALHOST:8080', 'viewer.localhost', '127.0.0.1:80', '[::1]:8080'];
const addresses = ['192.0.2.7', '192.0.2.7:8080', '[2001:db8::7]:8080'];
const strangers = [
  'evil.example',
  'evil.example:8080',
  'images.example.org.evil.example',
  'localhost.evil.example',
  'notlocalhost',
  '127.0.0.1.evil.example',
  '192.0.2.7.evil.example',
];

around(
  { VIRTUAL_HOST: 'images.example.org' },
  ['images.example.org', 'Images.Example.ORG.', 'images.example.org:8443', ...thisMachine],
  [...strangers, ...addresses, 'www.images.example.org', 'imagesxexample.org'],
  /This server is images\.example\.org,/,
);
around({ VIRTUAL_HOST: 'localhost' }, [...thisMachine, ...addresses], strangers, /set VIRTUAL_HOST/);
around({ VIRTUAL_HOST: '192.0.2.9' }, [...thisMachine, ...addresses], strangers, /set VIRTUAL_HOST/);
