// Names and addresses that auth is asked about, too: the proxy's answers are the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examples, judgeInShell } from '../../test-support/examples.mjs';

const [byHttp, byHttps] = ['http', 'https'].map((scheme) => {
  const variables = `RUN_DIR=/nonexistent VIRTUAL_HOST_PROTO=${scheme} VIRTUAL_HOST=$text`;
  return judgeInShell('hosts', `${variables}; source proxy/settings.sh; check_host`);
});
for (const [kind, text] of examples('hosts')) {
  test(`VIRTUAL_HOST: ${kind}: ${text}`, () => {
    assert.deepEqual([byHttp.get(text), byHttps.get(text)], [kind !== 'wrong', kind === 'name']);
  });
}

const trusted = judgeInShell('networks', 'source proxy/networks.sh; may_be_trusted "$text"');
for (const [kind, text] of examples('networks')) {
  test(`TRUSTED_PROXIES: ${kind}: ${text}`, () => {
    assert.equal(trusted.get(text), kind === 'right');
  });
}
