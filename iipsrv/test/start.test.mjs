// What the image server says where it cannot start.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

let folder;
let start;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-iipsrv-start-'));
  chmodSync(folder, 0o755);
  // The clone may be where the other user cannot look.
  start = join(folder, 'start');
  copyFileSync(join(import.meta.dirname, '../start'), start);
  writeFileSync(join(folder, 'file'), '');
  for (const [name, mode] of [
    ['unlisted', 0o711],
    ['unopened', 0o744],
    ['closed', 0o700],
  ]) {
    mkdirSync(join(folder, name));
    chmodSync(join(folder, name), mode);
  }
});

after(() => rmSync(folder, { recursive: true }));

/** Started by root it gives up root's rights, who may read everything. */
function startOver(imageDirectory) {
  const env = { PATH: `${process.env.PATH}:/usr/sbin`, IMAGE_DIR: imageDirectory, RUN_DIR: join(folder, 'run') };
  const command = process.getuid() === 0 ? ['setpriv', '--reuid=33', '--regid=33', '--clear-groups', start] : [start];
  return spawnSync(command[0], command.slice(1), { env, encoding: 'utf8', timeout: 10_000 });
}

for (const [name, what] of [
  ['nowhere', /^IMAGE_DIR: The folder that IMAGE_DIR names does not exist.* Create it, or correct the path\.\n$/],
  ['file', /^IMAGE_DIR: The folder that IMAGE_DIR names is a file\. Name the folder that it is in\.\n$/],
  ['file/below', /^IMAGE_DIR: The folder that IMAGE_DIR names does not exist/],
]) {
  test(`a folder that is none (${name}) is said in one line, and ends it`, () => {
    const { status, stderr } = startOver(join(folder, name));
    assert.match(stderr, what);
    assert.equal(status, 1);
  });
}

for (const name of ['unlisted', 'unopened', 'closed']) {
  test(`a folder that its user may not read (${name}) is said in one line, with what to do, and ends it`, (context) => {
    if (process.getuid() !== 0) return context.skip('needs a folder of another user');
    const { status, stderr } = startOver(join(folder, name));
    assert.match(
      stderr,
      /^IMAGE_DIR: The folder that IMAGE_DIR names may not be read by user 33, .*chmod -R a\+rX.*\n$/,
    );
    assert.equal(status, 1);
  });
}
