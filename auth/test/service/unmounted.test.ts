// A share that is not mounted looks like an empty folder, and is not one.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { openDatabase } from '../../src/database/open.ts';
import { ask } from '../support/ask.ts';
import { Service } from '../support/service.ts';
import { Vitrine } from '../support/vitrine.ts';

it('is 503 to everybody, in health too, said once in the log, and comes back by itself', async () => {
  const vitrine = await Vitrine.start();
  const { cookie } = await vitrine.logIn();
  const tile = async (): Promise<unknown> => {
    const { status, headers } = await vitrine.tile('/iiif/images/atlas!page1.tif/full/100,/0/default.jpg', { cookie });
    return status === 200 ? 200 : Number(headers['x-deny']);
  };
  const statuses = async (): Promise<unknown[]> => {
    const paths = [
      '/iiif/3/images/atlas!page2.jp2/info.json',
      '/iiif/manifests/atlas',
      '/iiif/3/manifests/',
      '/auth/health',
    ];
    const answers = await Promise.all(paths.map((path) => vitrine.ask(path)));
    return [await tile(), ...answers.map(({ status }) => status)];
  };
  expect(await vitrine.database.facts.any()).toBe(false);
  expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
  expect(await vitrine.database.facts.any()).toBe(true);

  const away = join(vitrine.directory, 'away');
  renameSync(vitrine.images, away);
  mkdirSync(vitrine.images);
  await expect.poll(statuses, { timeout: 20_000 }).toEqual([503, 503, 503, 503, 503]);
  for (const name of readdirSync(away)) renameSync(join(away, name), join(vitrine.images, name));
  await expect.poll(statuses, { timeout: 20_000 }).toEqual([200, 200, 200, 200, 200]);
  expect(vitrine.log.filter((line) => line.includes('is its disk or share mounted?'))).toHaveLength(1);
  expect(vitrine.log.filter((line) => line.includes('is there again'))).toHaveLength(1);
  expect(vitrine.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  await vitrine.stop();
});

it('is known after a restart, and any file in it says that it is meant to be empty', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-unmounted-'));
  const images = join(folder, 'images');
  mkdirSync(images);
  writeFileSync(join(images, 'meant to be empty'), '');
  const env = { IMAGE_DIR: images, DATA_DIR: folder };
  const database = await openDatabase(loadConfig(env).database, { warn: () => undefined });
  await database.facts.save(new Map([['a'.repeat(64), 'facts']]));
  await database.close();
  const service = await Service.start(env);
  const health = async (): Promise<number> => (await ask(service.base, '/auth/health')).status;
  rmSync(join(images, 'meant to be empty'));
  expect(await health()).toBe(503);
  expect((await ask(service.base, '/iiif/manifests/')).status).toBe(503);
  writeFileSync(join(images, 'meant to be empty'), '');
  expect(await health()).toBe(200);
  expect((await ask(service.base, '/iiif/manifests/')).status).toBe(200);
  service.signal('SIGTERM');
  await service.exit();
  rmSync(folder, { recursive: true });
});
