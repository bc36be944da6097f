// Behind another proxy that ends TLS.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { image, startStack } from './stack.mjs';

const seen = (stack) => stack.auth.asked.map(({ headers }) => headers['x-forwarded-for']);

/** @param {Record<string, string>} variables */
function around(variables, tests) {
  let stack;
  before(async () => (stack = await startStack(variables)));
  beforeEach(() => stack.reset());
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
    ['192.0.2.1, 203.0.113.5', '203.0.113.5'], // the first one is what the visitor wrote himself
    ['203.0.113.5, 10.9.1.1', '203.0.113.5'], // two trusted ones in a row
    ['nonsense', '127.0.0.1'],
    [undefined, '127.0.0.1'],
  ]) {
    test(`X-Forwarded-For: ${said} from a trusted proxy: the visitor is ${address}`, async () => {
      const headers = said ? { 'X-Forwarded-For': said } : {};
      for (const path of [image, '/']) await stack().ask(path, { headers });
      assert.deepEqual(seen(stack()), [address, address]);
    });
  }

  test('the log has the address of the visitor', async () => {
    await stack().ask('/logged', { headers: { 'X-Forwarded-For': '203.0.113.77' } });
    assert.match(stack().log(), /203\.0\.113\.77 [^\n]*"GET \/logged"/);
  });
});

around({ VIRTUAL_HOST_PROTO: 'https', TRUSTED_PROXIES: '10.9.0.1' }, (stack) => {
  test('anybody else is led to https, whatever he says about himself', async () => {
    const lies = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '10.9.0.1' };
    for (const headers of [{}, lies]) {
      const answer = await stack().ask('/', { headers });
      assert.deepEqual([answer.status, answer.headers.location], [301, ['https://images.example.org/']]);
    }
    assert.equal(stack().auth.asked.length, 0);
  });
});

around({ TRUSTED_PROXIES: '10.9.0.1' }, (stack) => {
  test('X-Forwarded-For of anybody else is not believed', async () => {
    await stack().ask(image, { headers: { 'X-Forwarded-For': '203.0.113.5' } });
    assert.deepEqual(seen(stack()), ['127.0.0.1']);
  });
});
