// Settings with which the proxy does not start: one line, which names the variable.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf, startStack } from './stack.mjs';

const https = { VIRTUAL_HOST_PROTO: 'https' };
const withEmail = { ...https, LETSENCRYPT_EMAIL: 'webmaster@example.org' };

/**
 * Starts it, and stops it where that was not refused.
 * @param {Record<string, string>} variables
 */
async function start(variables) {
  const stack = await startStack(variables);
  await stack.stop();
}

test('https with nothing to get a certificate from does not start', async () => {
  await assert.rejects(
    start(https),
    /^Error: proxy: VIRTUAL_HOST_PROTO=https needs a certificate\. Set LETSENCRYPT_EMAIL/,
  );
});

/** @type {[name: string, words: RegExp][]} */
const refused = [
  ['http://images.example.org', /VIRTUAL_HOST is not usable/],
  ['images.example.org:443', /VIRTUAL_HOST is not usable/],
  ['my_images.example.org', /VIRTUAL_HOST is not usable/],
  ['a.example.org,b.example.org', /VIRTUAL_HOST is not usable/],
  ['a.example.org b.example.org', /VIRTUAL_HOST is not usable/],
  ['192.0.2.7', /VIRTUAL_HOST is an IP address/],
  ['0x7f.1', /VIRTUAL_HOST is an IP address/],
  ['images.123', /VIRTUAL_HOST is an IP address/],
  [`${'a.'.repeat(127)}a`, /VIRTUAL_HOST is longer/],
  ['[2001:db8::7]', /VIRTUAL_HOST is not usable/],
];
for (const [name, words] of refused) {
  test(`VIRTUAL_HOST=${name.slice(0, 40)} does not start, in one line`, async () => {
    const refusal = await start({ ...withEmail, VIRTUAL_HOST: name }).then(() => '', messageOf);
    assert.match(refusal, words);
    assert.match(refusal, /^proxy: [^\n]*\n$/);
  });
}
