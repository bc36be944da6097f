// Links and other things that lead nowhere that is ours: named once, with what to do, and never followed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

it('each is named once with its reason; what is no picture is not', async () => {
  const vitrine = await Vitrine.start({ files: ['maps/a.tif', '.hidden/h.tif', 'a!b/c.tif'] });
  const outside = join(vitrine.directory, 'outside');
  mkdirSync(outside);
  for (const name of ['secret.tif', 'notes.txt']) writeFileSync(join(outside, name), '');
  const link = (to: string, name: string): void => {
    symlinkSync(to, join(vitrine.images, 'maps', name));
  };
  link(outside, 'leaving');
  link(join(outside, 'secret.tif'), 'secret.tif');
  link(join(outside, 'notes.txt'), 'notes.txt');
  link('nothing.tif', 'broken.tif');
  link('round.tif', 'round.tif');
  link('../.hidden/h.tif', 'hidden.tif');
  link('../a!b', 'exclamation');
  link('a.tif', 'fine.tif');
  execFileSync('mkfifo', [join(vitrine.images, 'maps', 'pipe.tif')]);
  for (let times = 0; times < 2; times++) {
    const { body } = await vitrine.ask('/iiif/manifests/maps');
    expect(new Set(body.match(/(?<=images\/maps!)[^"/]+/g))).toEqual(new Set(['a.tif', 'fine.tif']));
  }
  const named = vitrine.log
    .map((line) => (JSON.parse(line) as { msg: string }).msg)
    .filter((message) => message.includes('is not served'))
    .map((message) => message.replace(join(vitrine.images, 'maps', '/'), ''));
  const leads = 'is not served: it is a link';
  expect(named.sort()).toEqual([
    `broken.tif ${leads} that leads to nothing, or to what may not be read`,
    `exclamation ${leads} to a name that cannot be part of an address; rename what it leads to`,
    `hidden.tif ${leads} to a name that cannot be part of an address; rename what it leads to`,
    `leaving ${leads} that leads out of IMAGE_DIR; mount that folder within IMAGE_DIR instead`,
    'pipe.tif is not served: it is neither a file nor a folder',
    `round.tif ${leads} that leads to nothing, or to what may not be read`,
    `secret.tif ${leads} that leads out of IMAGE_DIR; mount that folder within IMAGE_DIR instead`,
  ]);
  await vitrine.stop();
});

it('many are a few lines', async () => {
  const vitrine = await Vitrine.start({ files: ['maps/a.tif'] });
  for (let number = 0; number < 300; number++) symlinkSync('/nothing', join(vitrine.images, 'maps', `${number}.tif`));
  for (let times = 0; times < 2; times++) await vitrine.ask('/iiif/manifests/maps');
  const lines = vitrine.log.filter((line) => line.includes('not served'));
  expect(lines).toHaveLength(21);
  expect(lines[20]).toContain('280 more names in');
  await vitrine.stop();
});
