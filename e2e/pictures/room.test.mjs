import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../test-support/until.mjs';
import { smallDisk } from '../support/smallDisk.mjs';
import { big, disturbed, noise, other, small } from './disturbed.mjs';
import { masterOf } from './service.mjs';

const place = await disturbed('room');

describe('a volume without room', { concurrency: false }, () => {
  test('the newest wish fails with words, and nothing else', async () => {
    await place.put(big);
    await place.put(small);
    const service = await place.start({ PYRAMIDS_SIZE: '1m' });
    await place.isRight(service, small);
    const answer = await service.ready(await masterOf(place.images, big.name), 0, 30);
    assert.equal(answer.kind, 'unavailable');
    assert.match('reason' in answer ? answer.reason : '', /room|full/);
    await place.isRight(service, small);
    assert.equal((await service.status()).ready, 1);
  });

  test('what was longest not used goes first', async () => {
    const first = await place.start();
    const [oldest, older, newest] = await Promise.all(
      ['a.tif', 'b.tif', 'c.tif'].map((name) => place.put(noise, name)),
    );
    for (const master of [oldest, older]) assert.equal((await first.ready(master, 0, 30)).kind, 'ready');
    const { bytes } = await first.status();
    await first.stop();
    await place.notUsedFor(60, oldest);
    await place.notUsedFor(30, older);
    const second = await place.start({ PYRAMIDS_SIZE: `${Math.floor(bytes / 2 ** 20)}m` });
    assert.equal((await second.ready(newest, 0, 30)).kind, 'ready');
    const left = (await readdir(place.volume, { recursive: true })).filter((name) => name.endsWith('.tif'));
    assert.ok(!left.some((name) => name.includes(oldest.key.slice(2))), left.join());
    assert.ok(
      left.some((name) => name.includes(older.key.slice(2))),
      left.join(),
    );
  });

  test('a disk that is full to the brim', async (t) => {
    const disk = smallDisk('24m');
    if (disk === undefined) {
      t.skip('this machine lets nobody mount a disk');
      return;
    }
    try {
      await rm(place.volume, { recursive: true });
      place.volume = disk.folder;
      await place.put(big);
      await place.put(small);
      const service = await place.start();
      await place.isRight(service, small);
      disk.fill();
      const answer = await service.ready(await masterOf(place.images, big.name), 0, 30);
      assert.equal(answer.kind, 'unavailable');
      await place.isRight(service, small);
      await place.nothingIsHalf();
      disk.free();
      await until(
        'there is room again',
        async () => (await service.ready(await masterOf(place.images, big.name), 0, 30)).kind === 'ready',
      );
      await place.isRight(service, big);
    } finally {
      for (const service of place.running.splice(0)) await service.stop('SIGKILL');
      disk.remove();
    }
  });
});

describe('two services on one volume', { concurrency: false }, () => {
  test('both make the same page, and both show it', async () => {
    const master = await place.put(big);
    const [one, two] = [await place.start(), await place.start()];
    const answers = await Promise.all([one.ready(master, 0, 30), two.ready(master, 0, 30)]);
    assert.deepEqual(
      answers.map(({ kind }) => kind),
      ['ready', 'ready'],
    );
    for (const service of [one, two]) await place.isRight(service, big);
    assert.deepEqual(place.scraps(), []);
  });

  test('one is killed while both work', async () => {
    const masters = [await place.put(big), await place.put(other)];
    const [one, two] = [await place.start(), await place.start()];
    for (const master of masters) {
      one.ready(master, 0, 30).catch(() => undefined);
      two.ready(master, 0, 30).catch(() => undefined);
    }
    await pause(300);
    await one.stop('SIGKILL');
    await place.nothingIsHalf();
    await place.isRight(two, big);
    await place.isRight(two, other);
  });
});
