// Behind another proxy that ends TLS.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { until } from '../../test-support/until.mjs';
import { image, startStack } from './stack.mjs';

/** @typedef {import('./stack.mjs').Stack} Stack */

const seen = (/** @type {Stack} */ stack) => stack.auth.asked.map(({ headers }) => headers['x-forwarded-for']);

/**
 * @param {Record<string, string>} variables
 * @param {(stack: () => Stack) => void} tests
 */
function around(variables, tests) {
  /** @type {Stack} */
  let stack;
  before(async () => (stack = await startStack(variables)));
  beforeEach(() => {
    stack.reset();
  });
  after(() => stack.stop());
  tests(() => stack);
}

around({ VIRTUAL_HOST_PROTO: 'https', TRUSTED_PROXIES: '10.9.0.0/16, 127.0.0.1,2001:db8::/32' }, (stack) => {
  test('a trusted proxy is answered on http, without a redirect and with HSTS', async () => {
    stack().auth.answer = () => ({ status: 200, body: 'document' });
    for (const said of ['https', 'http', undefined]) {
      const { status, headers } = await stack().ask('/', { headers: said ? { 'X-Forwarded-Proto': said } : {} });
      assert.equal(status, 200);
      assert.deepEqual(headers['strict-transport-security'], ['max-age=63072000']);
    }
    assert.equal(stack().auth.asked[0].headers['x-forwarded-proto'], 'https');
  });

  for (const [said, address] of [
    ['203.0.113.5', '203.0.113.5'],
    ['2001:db8:1::5', '2001:db8:1::5'],
    ['192.0.2.1, 203.0.113.5', '203.0.113.5'], // the first one is what the client wrote itself
    ['203.0.113.5, 10.9.1.1', '203.0.113.5'], // two trusted ones in a row
    ['nonsense', '127.0.0.1'],
    [undefined, '127.0.0.1'],
  ]) {
    test(`X-Forwarded-For: ${said} from a trusted proxy: the visitor is ${address}`, async () => {
      /** @type {Record<string, string>} */
      const headers = said ? { 'X-Forwarded-For': said } : {};
      for (const path of [image, '/']) await stack().ask(path, { headers });
      assert.deepEqual(seen(stack()), [address, address]);
    });
  }

  test('the log has the address of the visitor', async () => {
    await stack().ask('/logged', { headers: { 'X-Forwarded-For': '203.0.113.77' } });
    await until('it is in the log', () => /203\.0\.113\.77 [^\n]*"GET \/logged"/.test(stack().log()));
  });
});

around({ VIRTUAL_HOST_PROTO: 'https', TRUSTED_PROXIES: '10.9.0.1' }, (stack) => {
  test('any other client is led to https, whatever it says about itself', async () => {
    const lies = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '10.9.0.1' };
    for (const headers of [{}, lies]) {
      const answer = await stack().ask('/', { headers });
      assert.deepEqual([answer.status, answer.headers.location], [301, ['https://images.example.org/']]);
    }
    assert.equal(stack().auth.asked.length, 0);
  });
});

around({ TRUSTED_PROXIES: '10.9.0.1' }, (stack) => {
  test('X-Forwarded-For of any other client is ignored', async () => {
    await stack().ask(image, { headers: { 'X-Forwarded-For': '203.0.113.5' } });
    assert.deepEqual(seen(stack()), ['127.0.0.1']);
  });
});
