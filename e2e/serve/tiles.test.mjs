// Every tile that an info.json promises is there, in the size that a viewer expects, and shows its part of the image.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { samples } from '../compose/samples.mjs';
import { inTurn } from '../support/inTurn.mjs';
import { distance, gridOf, pixelsOf } from '../support/pixels.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';
import { tilesOf } from '../support/tiles.mjs';

const vitrine = await startServe();
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const folder = join(import.meta.dirname, '../../samples/images');

const AT_ONCE = 6;
const TOLERANCE = 12; // a tile at an edge has few pixels in a field

for (const { id } of samples) {
  test(decodeURIComponent(id), async (t) => {
    const info = JSON.parse((await visitor.ask(`/iiif/images/${id}/info.json`)).text);
    const tiles = tilesOf(info);
    const started = performance.now();
    const answers = await inTurn(AT_ONCE, tiles, ({ path }) => visitor.ask(path));
    t.diagnostic(`${tiles.length} tiles in ${Math.round(performance.now() - started)} ms`);
    for (const [index, { path, width, height }] of tiles.entries()) {
      const { status, headers, body, text } = answers[index];
      assert.equal(status, 200, `${path}: ${status} ${text.slice(0, 200)}`);
      assert.equal(headers['content-type'], 'image/jpeg', path);
      assert.deepEqual(jpegSize(body), { width, height }, path);
    }

    // OpenSeadragon names the width only.
    const edges = tiles.filter(({ width, height }) => width < 512 || height < 512);
    for (const { path, width, height } of edges) {
      const answer = await visitor.ask(path.replace(/\/(\d+),\d+\/0\//, '/$1,/0/'));
      const size = jpegSize(answer.body);
      assert.equal(size.width, width, path);
      assert.ok(Math.abs(size.height - height) <= 1, `${path}: ${size.height} for ${height}`);
    }

    const master = await pixelsOf(join(folder, decodeURIComponent(id).replaceAll('!', '/')));
    for (const { path, region } of tiles.filter((_, index) => index % 7 === 0 || index > tiles.length - 4)) {
      const apart = distance(
        gridOf(await pixelsOf(answers[tiles.findIndex((tile) => tile.path === path)].body)),
        gridOf(master, region),
      );
      assert.ok(apart < TOLERANCE, `${path} looks different: ${apart.toFixed(1)}`);
    }

    for (const { width, height } of info.sizes) {
      const { status, body } = await visitor.ask(`/iiif/images/${id}/full/${width},${height}/0/default.jpg`);
      assert.equal(status, 200);
      assert.deepEqual(jpegSize(body), { width, height });
    }
  });
}
