// What the image server says where it cannot start.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

/** @type {string} */
let folder;
/** @type {string} */
let start;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-iipsrv-start-'));
  chmodSync(folder, 0o755);
  // The clone may be where the other user cannot look.
  start = join(folder, 'start');
  copyFileSync(join(import.meta.dirname, '../start'), start);
  writeFileSync(join(folder, 'file'), '');
  for (const [name, mode] of Object.entries({ unopened: 0o744, closed: 0o700 })) {
    mkdirSync(join(folder, name));
    chmodSync(join(folder, name), mode);
  }
});

after(() => {
  rmSync(folder, { recursive: true });
});

/**
 * Started by root it gives up root's rights, which are to read everything.
 * @param {string} pyramids
 */
function startOver(pyramids) {
  const env = { PATH: `${process.env.PATH}:/usr/sbin`, PYRAMIDS_DIR: pyramids, RUN_DIR: join(folder, 'run') };
  const command = process.getuid?.() === 0 ? ['setpriv', '--reuid=33', '--regid=33', '--clear-groups', start] : [start];
  return spawnSync(command[0], command.slice(1), { env, encoding: 'utf8', timeout: 10_000 });
}

/** @type {[name: string, what: RegExp][]} */
const unusable = [
  ['nowhere', /^PYRAMIDS_DIR: The folder of pyramids, .*nowhere, does not exist.*\.\n$/],
  ['file', /^PYRAMIDS_DIR: The folder of pyramids, .*file, is a file\.\n$/],
  ['file/below', /^PYRAMIDS_DIR: The folder of pyramids, .*below, does not exist/],
];
for (const [name, what] of unusable) {
  test(`a folder that cannot be used (${name}) is said in one line, and ends it`, () => {
    const { status, stderr } = startOver(join(folder, name));
    assert.match(stderr, what);
    assert.equal(status, 1);
  });
}

for (const name of ['unopened', 'closed']) {
  test(`a folder that its user may not enter (${name}) is said in one line, with what to do, and ends it`, (context) => {
    if (process.getuid?.() !== 0) {
      context.skip('needs a folder of another user');
      return;
    }
    const { status, stderr } = startOver(join(folder, name));
    assert.match(
      stderr,
      /^PYRAMIDS_DIR: The folder of pyramids, .*, may not be entered by user 33, .*chmod a\+rx.*\n$/,
    );
    assert.equal(status, 1);
  });
}
