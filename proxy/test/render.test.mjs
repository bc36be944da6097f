// proxy/render: what it fills in, and what it refuses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

/** @type {string} */
let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vitrine render-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** @param {Record<string, string>} variables */
function render(variables) {
  const env = { PATH: process.env.PATH, RUN_DIR: folder, ...variables };
  return spawnSync(join(import.meta.dirname, '../render'), [join(folder, 'nginx')], { env, encoding: 'utf8' });
}

function files() {
  const names = readdirSync(join(folder, 'nginx'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return names.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n');
}

test('every ${NAME} is filled in, every name of nginx is left alone', () => {
  const { status, stderr } = render({
    VIRTUAL_HOST: 'images.example.org',
    AUTH_UPSTREAM: 'a:1',
    IMAGE_UPSTREAM: 'b:2',
    PYRAMIDS_UPSTREAM: 'c:3',
  });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const text = files();
  assert.doesNotMatch(text, /\$\{[A-Z]/);
  for (const part of [
    '$request_uri',
    '${request_time}s',
    'server a:1 ',
    'server b:2 ',
    'server c:3 ',
    'server_name images.example.org;',
  ]) {
    assert.ok(text.includes(part), part);
  }
});

test('an & or a \\ in a path is that, not a pattern', () => {
  const odd = join(folder, 'a&b');
  assert.equal(render({ RUN_DIR: odd }).status, 0);
  assert.ok(files().includes(`"${odd}/tiles"`));
});

for (const [name, value] of [
  ['LISTEN_HTTP', '80; return 200'],
  ['LISTEN_HTTPS', 'x'],
  ['HTTPS_PORT', '443;'],
  ['VIRTUAL_HOST_PROTO', 'ftp'],
  ['TRUSTED_PROXIES', '10.0.0.0/8; x'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['TRUSTED_PROXIES', '10.0.0.1,0.0.0.0/00'],
  ['TRUSTED_PROXIES', '10.0.0.1\n::/0'],
  ['AUTH_UPSTREAM', 'auth'],
  ['IMAGE_UPSTREAM', 'x:1;'],
  ['PYRAMIDS_UPSTREAM', 'pyramids:'],
  ['IMAGE_WORKERS', 'many'],
  ['TILE_CACHE_SIZE', 'lots'],
  ['TILE_CACHE_MIN_FREE', '5%'],
  ['VIRTUAL_HOST', 'a b'],
  ['VIRTUAL_HOST', 'a;\nb'],
  ['RUN_DIR', '/tmp/"x'],
  ['RUN_DIR', '/tmp/$x'],
  ['RUN_DIR', `/tmp/${'x'.repeat(100)}`],
  ['RUN_DIR', ''],
]) {
  test(`${name}=${JSON.stringify(value).slice(0, 30)} is refused by name`, () => {
    const { status, stderr } = render({ [name]: value });
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(name));
  });
}
