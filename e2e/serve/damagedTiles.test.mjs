// A file of which a part of the full resolution is damaged: it has a size, and its small renditions come.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { mustRun } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

const images = await temporaryFolder('damaged');
const file = join(images, 'torn.tif');
const tiles = '[tile,pyramid,compression=jpeg,tile-width=256,tile-height=256]';
const island = join(import.meta.dirname, '../../samples/images/maps/island.tif');
await mustRun('vips', ['crop', island, `${file}${tiles}`, '0', '0', '2048', '2048']);
const bytes = await readFile(file);
bytes.fill(0xaa, 150_000, 180_000); // of the tiles around the middle
await writeFile(file, bytes);

const vitrine = await startServe({ images });
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);

test('each picture is whole, or 502 in words, however often it is asked for', async () => {
  const seen = new Set();
  for (const parameters of [
    'full/500,500',
    'full/2048,2048',
    '1024,1024,256,256/256,256',
    '768,768,256,256/256,256',
    '700,700,512,512/512,512',
    '512,512,1024,1024/1000,1000',
    '0,0,2048,1024/2048,1024',
  ]) {
    for (const _ of [1, 2]) {
      const answer = await visitor.ask(`/iiif/images/torn.tif/${parameters}/0/default.jpg`);
      seen.add(answer.status);
      const [width, height] = parameters.split('/')[1].split(',').map(Number);
      if (answer.status === 200) assert.deepEqual(jpegSize(answer.body), { width, height });
      else assert.deepEqual([answer.status, JSON.parse(answer.text).error], [502, 'image_not_rendered']);
    }
  }
  assert.deepEqual([...seen].sort(), [200, 502]);
});
