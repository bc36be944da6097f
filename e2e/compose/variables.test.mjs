import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const read = (/** @type {string} */ file) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
const names = [...read('.env.template').matchAll(/^#([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
const digilib = read('docker-compose.yml');
const iipsrv = read('docker-compose-iipsrv.yml');

// Settled by the compose files themselves: a .env that ./serve shares must not move them.
const fixed = ['DATA_DIR', 'IMAGE_SERVER', 'PYRAMIDS_URL', 'AUTH_BIND', 'AUTH_PORT'];
// iipsrv's alone.
const ofIipsrv = ['JPEG_QUALITY'];

test('.env.template lists variables', () => {
  assert.ok(names.length > 20);
});

for (const name of names) {
  const [where, text] = ofIipsrv.includes(name)
    ? ['docker-compose-iipsrv.yml', iipsrv]
    : ['docker-compose.yml', digilib];
  if (fixed.includes(name))
    test(`${name} is not taken from .env`, () => {
      assert.ok(!digilib.includes(`\${${name}`));
    });
  else
    test(`${name} reaches a container of ${where}`, () => {
      assert.ok(text.includes(`\${${name}:-`));
    });
}

for (const secret of ['AUTH_ADMIN_PASSWORD', 'AUTH_SECRET_KEY', 'AUTH_PASSWORD_SALT', 'AUTH_DB_CONNECTION']) {
  test(`${secret} may be a file`, () => {
    assert.ok(digilib.includes(`${secret}_FILE: \${${secret}_FILE:-}`));
  });
}

/**
 * The lines of a service, without what is shared through `extends`.
 * @type {(text: string, key: string) => string}
 */
const block = (text, key) => new RegExp(`\\n  ${key}:\\n((?:    .*\\n|\\n)*)`).exec(text)?.[1] ?? '';

test('both files have the same networks and volumes', () => {
  const end = (/** @type {string} */ text) => text.slice(text.indexOf('\nnetworks:'));
  assert.equal(end(digilib), end(iipsrv));
});

test('the proxy, auth and pyramids are described once', () => {
  for (const service of ['proxy', 'auth', 'pyramids']) {
    assert.match(block(iipsrv, service), new RegExp(`extends: \\{ file: docker-compose.yml, service: ${service} \\}`));
  }
});

test('both image servers are run as everything else is', () => {
  const [, shared = assert.fail('x-common')] = /x-common: &common\n((?: {2}.*\n)+)/.exec(digilib) ?? [];
  const common = shared.replaceAll(/^/gm, '  ').trimEnd();
  assert.ok(block(iipsrv, 'image-server').includes(common), common);
  assert.match(block(digilib, 'image-server'), /<<: \*common/);
});
