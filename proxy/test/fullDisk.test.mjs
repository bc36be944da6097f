// The disk of the finished tiles: a limit, a reserve, and what happens when something else fills it.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { smallDisk } from '../../e2e/support/smallDisk.mjs';
import { until } from '../../test-support/until.mjs';
import { allow, image, jpeg, startStack } from './stack.mjs';

const WWW_DATA = 33;
/** Larger than all buffers of nginx, and whole to the proxy. */
const large = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(3_000_000, 7), Buffer.from([0xff, 0xd9])]);

test('a disk that something else has filled', async (t) => {
  const disk = smallDisk('24m', WWW_DATA);
  if (!disk) {
    t.skip('no disk of its own: not root');
    return;
  }
  t.after(() => {
    disk.remove();
  });
  const stack = await startStack({ TILE_CACHE_MIN_FREE: '8m' }, (folder) => {
    symlinkSync(disk.folder, join(folder, 'tiles'));
  });
  t.after(() => stack.stop());
  stack.images.answer = () => jpeg({}, large);

  const ask = async (/** @type {string} */ version) => {
    stack.auth.answer = () => allow({ 'X-Image-Version': version });
    const { status, body } = await stack.ask(`${image}?token=secret`, {
      headers: { Referer: 'https://evil.example/secret' },
    });
    assert.equal(status, 200, version);
    assert.ok(body.equals(large), `${version}: ${body.length} of ${large.length} bytes`);
    return stack.images.asked.length;
  };
  /** What the health of the service is told. */
  const told = async () => {
    stack.auth.answer = () => ({ status: 200 });
    await stack.ask('/auth/health');
    return stack.auth.asked.at(-1)?.headers['x-no-room-for-tiles'];
  };
  const kept = () => existsSync(join(stack.folder, 'keeps-tiles'));

  await ask('before');
  assert.equal(await ask('before'), 1);
  assert.equal(await told(), undefined);

  await t.test('images go on, whole, and none is kept; what is there already is still shown', async () => {
    disk.fill(200_000);
    await until('nothing is kept any more', () => !kept());
    assert.equal(await ask('before'), 1);
    for (const version of ['a', 'b', 'c', 'a']) await ask(version);
    assert.equal(stack.images.asked.length, 5);
    disk.fill(0);
    assert.equal(await ask('d'), 6);
    assert.equal(await told(), '1');
    await until('the full disk in the log', () => /the disk of the finished tiles is full/.test(stack.words()));
  });

  await t.test('with room again tiles are kept again, without a restart', async () => {
    disk.free();
    await until('tiles are kept', kept);
    const asked = await ask('after');
    assert.equal(await ask('after'), asked);
    assert.equal(await told(), undefined);
    await until('the room in the log', () => /there is room for finished tiles again/.test(stack.words()));
  });

  assert.doesNotMatch(stack.words(), /secret|evil|client:|\[crit\]|\[alert\]/);
});

test('nginx removes tiles until the reserve is free', async (t) => {
  const disk = smallDisk('24m', WWW_DATA);
  if (!disk) {
    t.skip('no disk of its own: not root');
    return;
  }
  t.after(() => {
    disk.remove();
  });
  const stack = await startStack({ TILE_CACHE_MIN_FREE: '12m', TILE_CACHE_SIZE: '1g' }, (folder) => {
    symlinkSync(disk.folder, join(folder, 'tiles'));
  });
  t.after(() => stack.stop());
  stack.images.answer = () => jpeg({}, large);
  for (let number = 0; number < 6; number++) {
    stack.auth.answer = () => allow({ 'X-Image-Version': `v${number}` });
    assert.equal((await stack.ask(image)).status, 200);
  }
  await until('old tiles are removed', () => disk.bytesFree() >= 12 * 1024 * 1024);
  assert.ok(disk.bytesFree() < 23 * 1024 * 1024, 'some are kept');
});

test('a line of nginx about a request reaches the log without the request', async () => {
  const stack = await startStack();
  try {
    stack.reset();
    const tiles = join(stack.folder, 'tiles');
    chmodSync(tiles, 0o500);
    await stack
      .ask(`${image}?token=secret`, { headers: { Referer: 'https://evil.example/secret' } })
      .catch(() => undefined);
    await until('the refusal in the log', () => /\[crit\].*failed \(13: Permission denied\)/.test(stack.words()));
    chmodSync(tiles, 0o700);
    assert.doesNotMatch(stack.words(), /secret|evil|client:|GET|127\.0\.0\.1/);
    assert.match(stack.words(), /Permission denied\) while [a-z ]+$/m);
  } finally {
    await stack.stop();
  }
});
