import assert from 'node:assert/strict';
import { chmod, copyFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { descendants, killAll } from '../../test-support/processes.mjs';
import { until } from '../../test-support/until.mjs';
import { big, disturbed, other, png, small } from './disturbed.mjs';
import { masterOf } from './service.mjs';

const place = await disturbed('faults');

describe('kill -9', { concurrency: false }, () => {
  for (const milliseconds of [20, 100, 200, 300, 450, 700]) {
    test(`of the service, ${milliseconds} ms after it was asked`, async () => {
      const master = await place.put(big);
      const first = await place.start();
      first.ready(master).catch(() => undefined);
      await pause(milliseconds);
      await first.stop('SIGKILL');
      await place.nothingIsHalf();
      const second = await place.start();
      await place.isRight(second, big);
      await until('what the dead one left is gone', () => place.scraps().length === 0);
    });
  }

  for (const kills of [1, 3]) {
    test(`of the children that make it, ${kills} times`, async () => {
      const master = await place.put(big);
      const service = await place.start();
      const asked = service.ready(master, 0, 30);
      let isAnswered = false;
      const answer = asked.finally(() => (isAnswered = true));
      for (let n = 0; n < kills; n += 1) {
        await until('a child', () => {
          const children = descendants(service.pid).filter(({ name }) => name === 'vips');
          killAll(children.map(({ pid }) => pid));
          return isAnswered || children.length > 0;
        });
        await place.nothingIsHalf();
      }
      assert.notEqual((await answer).kind, 'failed', 'a killed child says nothing of the file');
      await place.isRight(service, big);
    });
  }

  test('of the children that read headers', async () => {
    const all = [await place.put(small), await place.put(png)];
    const service = await place.start();
    await service.facts(all);
    killAll(descendants(service.pid).map(({ pid }) => pid));
    await place.put(big);
    await place.isRight(service, big);
    await place.isRight(service, small);
  });
});

describe('masters that change while they are read', { concurrency: false }, () => {
  test('one that is replaced is shown as it is now, and its old state never as the new one', async () => {
    const before = await place.put(big);
    const service = await place.start();
    const asked = service.ready(before, 0, 30);
    await pause(150);
    await place.put(other, 'next');
    await rename(join(place.images, 'next'), join(place.images, big.name));
    await asked;
    await place.isRight(service, other, big.name);
    const again = await service.ready(before, 0, 1);
    if (again.kind === 'ready') await place.isAPictureOf(big, again.source);
  });

  test('one that is written over in its place is never shown half old and half new', async () => {
    const before = await place.put(big);
    const service = await place.start();
    const asked = service.ready(before, 0, 30);
    await pause(100);
    await place.put(other, big.name); // the same inode
    const answer = await asked;
    if (answer.kind === 'ready') await place.isAPictureOf(big, answer.source);
    await until(
      'it is quiet',
      async () => (await service.facts([await masterOf(place.images, big.name)]))[0].kind === 'picture',
    );
    await place.isRight(service, other, big.name);
  });

  test('one that is removed holds nobody up', async () => {
    const gone = await place.put(big);
    const service = await place.start();
    const asked = service.ready(gone, 0, 30);
    await pause(100);
    await rm(join(place.images, big.name));
    await place.put(small);
    await place.isRight(service, small);
    assert.notEqual((await asked).kind, 'failed');
    const [facts] = await service.facts([gone]);
    assert.ok(facts.kind !== 'unsuitable', 'it says nothing of the file');
  });

  test('one that grows is not believed until it is quiet', async () => {
    const whole = await place.put(small);
    const service = await place.start();
    const text = join(place.images, small.name);
    await writeFile(text, Buffer.alloc(20), { flag: 'a' });
    const [old] = await service.facts([whole]);
    assert.equal(old.kind, 'unreadable');
    await copyFile(join(place.whole, small.name), text);
    await until(
      'it is quiet',
      async () => (await service.facts([await masterOf(place.images, small.name)]))[0].kind === 'picture',
    );
    await place.isRight(service, small);
  });

  test('one that may not be read is read when it may', async () => {
    await place.put(small);
    await chmod(join(place.images, small.name), 0);
    const service = await place.start();
    const [closed] = await service.facts([await masterOf(place.images, small.name)]);
    assert.equal(closed.kind, 'unreadable');
    assert.match('remedy' in closed ? closed.remedy : '', /chmod/);
    await chmod(join(place.images, small.name), 0o644);
    await place.isRight(service, small);
  });

  test('a share that is gone for a while', async () => {
    const master = await place.put(small);
    const service = await place.start();
    await rename(place.images, `${place.images}-away`);
    assert.notEqual((await service.ready(master, 0, 1)).kind, 'failed');
    const [facts] = await service.facts([master]);
    assert.equal(facts.kind, 'unreadable');
    await rename(`${place.images}-away`, place.images);
    await place.isRight(service, small);
  });
});

test('nothing is ever written beside the masters', async () => {
  await place.put(small);
  await place.put(big);
  const before = await readdir(place.images);
  const service = await place.start();
  for (const entry of [small, big]) await place.isRight(service, entry);
  assert.deepEqual(await readdir(place.images), before);
});
