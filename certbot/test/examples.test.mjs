// Names that auth is asked about, too: certbot's answers are the same, but that a certificate is for no address.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { examples, judgeInShell } from '../../test-support/examples.mjs';

const usable = judgeInShell('hosts', 'VIRTUAL_HOST=$text; source certbot/settings.sh; [[ -z $(host_problem) ]]');
for (const [kind, text] of examples('hosts')) {
  test(`VIRTUAL_HOST: ${kind}: ${text}`, () => {
    assert.equal(usable.get(text), kind === 'name');
  });
}

test('the copies of the rule, in proxy and in certbot, are the same', () => {
  const [copy, other] = ['proxy', 'certbot'].map((folder) =>
    readFileSync(join(import.meta.dirname, '../..', folder, 'hostName.sh'), 'utf8'),
  );
  assert.equal(copy, other);
});
