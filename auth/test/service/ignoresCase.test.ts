// On a real disk that ignores case. The other ways of disks to name one file twice: src/images/catalogue/paths.test.ts.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExfatDisk } from '../support/exfat.ts';
import { pictureFor } from '../support/pictures.ts';
import { Vitrine } from '../support/vitrine.ts';

const disk = ExfatDisk.make();
if (typeof disk === 'string') console.log(`skipped: no disk that ignores case can be mounted here (${disk})`);

describe.skipIf(typeof disk === 'string')('on a disk that ignores case', () => {
  const mounted = typeof disk === 'string' ? '' : disk.mounted;
  let vitrine: Vitrine;
  let cookie: string;
  beforeAll(async () => {
    for (const file of ['images/maps/secret/a.tif', 'images/maps/open/b.tif', 'manifests/maps!secret.json']) {
      mkdirSync(dirname(join(mounted, file)), { recursive: true });
      writeFileSync(join(mounted, file), file.endsWith('.json') ? '{}' : pictureFor(file));
    }
    writeFileSync(join(mounted, 'images', 'access.yml'), 'folders: { maps/secret: nobody, maps/open: everyone }');
    vitrine = await Vitrine.start({
      env: {
        IMAGE_DIR: join(mounted, 'images'),
        MANIFEST_DIR: join(mounted, 'manifests'),
        PROTECT_MANIFESTS: 'true',
      },
    });
    cookie = (await vitrine.logIn()).cookie;
  });
  afterAll(async () => {
    await vitrine.stop();
    if (typeof disk !== 'string') disk.remove();
  });

  const SPELLINGS = ['maps!SECRET!a.tif', 'MAPS!secret!a.tif', 'maps!secret!A.TIF', 'maps!Secret!a', 'Maps!Open!b.tif'];

  it.each(SPELLINGS)('%s is not there: not the image, not its descriptions, not its manifest', async (identifier) => {
    expect(statSync(join(mounted, 'images', ...identifier.replace(/a$/, 'a.tif').split('!'))).isFile()).toBe(true);
    const tile = await vitrine.tile(`/iiif/images/${identifier}/full/100,/0/default.jpg`, { cookie });
    expect([tile.status, tile.headers['x-deny']]).toEqual([403, '404']);
    expect((await vitrine.ask(`/iiif/3/images/${identifier}/info.json`)).status).toBe(404);
    const folder = identifier.split('!').slice(0, 2).join('!');
    if (folder === 'maps!secret') return;
    expect((await vitrine.ask(`/iiif/manifests/${folder}`, { headers: { cookie } })).status).toBe(404);
  });

  it('each is there in the spelling of the disk, under its own rule', async () => {
    const tile = (identifier: string) => vitrine.tile(`/iiif/images/${identifier}/full/100,/0/default.jpg`, { cookie });
    expect((await tile('maps!open!b.tif')).status).toBe(200);
    expect((await tile('maps!secret!a.tif')).headers['x-deny']).toBe('403');
    expect((await vitrine.ask('/iiif/manifests/maps!secret', { headers: { cookie } })).status).toBe(401);
  });
});
