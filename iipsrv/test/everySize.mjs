// Asks the real iipsrv for the tiles at the edges of real files, by what auth makes of them. Run by itself it takes images
// of every side from 1 to 600, which is too long for a test: node iipsrv/test/everySize.mjs
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageServers } from '../../auth/src/images/servers/imageServers.ts';
import { drawingOf } from '../../auth/src/images/servers/drawing.ts';
import { wayTo } from '../../auth/src/images/servers/way.ts';
import { tilingOf } from '../../auth/src/iiif/tiling.ts';
import { edgeTiles, LIMITS } from '../../auth/test/support/edgeTiles.ts';
import { fitnessOf } from '../../pyramids/src/headers/fitness.ts';
import { readHeader } from '../../pyramids/src/headers/read.ts';
import { ByteSource } from '../../pyramids/src/headers/source.ts';
import { pyramidOf } from '../../pyramids/src/shared/pyramid.ts';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { startIipsrv } from './server.mjs';

/**
 * @typedef {import('../../auth/src/iiif/geometry.ts').Dimensions} Dimensions
 * @typedef {import('../../auth/src/iiif/geometry.ts').Rectangle} Rectangle
 * @typedef {import('../../auth/src/iiif/pyramid.ts').Pyramid} Pyramid
 * @typedef {'made' | 'fit' | 'jp2'} Kind what pyramids makes, a master that is served as it is, and one until there is more
 * @typedef {{name: string, image: Dimensions, pyramid: Pyramid}} Drawn a file, its picture, and what auth knows of it
 */

/**
 * Draws a picture that is black on its left and white on its right, as a file of a kind.
 * @param {string} folder
 * @param {Kind} kind
 * @param {Dimensions} image
 * @returns {Promise<Drawn>}
 */
export async function draw(folder, kind, image) {
  const { width, height } = image;
  const name = `${kind}-${width}-${height}.${kind === 'jp2' ? 'jp2' : 'tif'}`;
  const vips = (/** @type {string[]} */ ...words) => execFileSync('vips', words, { cwd: folder, stdio: 'pipe' });
  vips('grey', 'picture.v', String(width), String(height), '--uchar');
  const pyramid = pyramidOf(image);
  if (kind === 'jp2') {
    vips('jp2ksave', 'picture.v', name);
    return { name, image, pyramid };
  }
  if (kind === 'made') {
    const { width: across, height: down } = pyramid.levels[0];
    vips('embed', 'picture.v', 'larger.v', '0', '0', String(across), String(down), '--extend', 'copy');
    const form = ['--tile', '--pyramid', '--tile-width=512', '--tile-height=512', '--compression=jpeg', '--Q=87'];
    vips('tiffsave', 'larger.v', name, ...form);
    return { name, image, pyramid };
  }
  vips('tiffsave', 'picture.v', name, '--tile', '--pyramid', '--compression=deflate');
  return { name, image, pyramid: await fitPyramid(join(folder, name)) };
}

/** @param {string} file */
async function fitPyramid(file) {
  const bytes = await readFile(file);
  const reading = await readHeader(new ByteSource(bytes.length, (at, length) => bytes.subarray(at, at + length)));
  assert.ok(reading.kind === 'header' && reading.header.format === 'tiff', file);
  const fitness = fitnessOf(reading.header, 'iipsrv');
  assert.ok(fitness.kind === 'fit', `${file}: ${JSON.stringify(fitness)}`);
  return fitness;
}

/**
 * The address of a rendition as auth writes it where the image server is to draw it; `undefined` where it refuses.
 * @param {Drawn} drawn
 * @param {{region: Rectangle, size: Dimensions}} asked
 */
export function addressOf({ name, image, pyramid }, { region: { x, y, width, height }, size }) {
  const request = /** @type {const} */ ({
    region: { kind: 'pixels', x, y, w: width, h: height },
    size: { kind: 'exact', w: size.width, h: size.height },
    upscaling: true,
    rotation: { degrees: 0, mirrored: false },
    quality: 'default',
    format: 'jpg',
  });
  const shown = { image, pyramid, tier: undefined };
  const drawing = drawingOf(request, shown, imageServers.iipsrv, LIMITS);
  if (!drawing.ok) return undefined;
  const source = { source: name, native: false };
  return wayTo(source, { ...shown, drawing: drawing.value }, request, imageServers.iipsrv)?.path;
}

/**
 * Asks for every tile at the edges of an image and for every size of it: 200 and as large as it should be.
 * @param {import('./server.mjs').Iipsrv} server
 * @param {Drawn} drawn
 */
export async function walk(server, drawn) {
  const { image, pyramid } = drawn;
  const whole = tilingOf(image, pyramid, LIMITS).sizes.map((size) => ({ region: { x: 0, y: 0, ...image }, size }));
  const asked = [...edgeTiles(image, pyramid), ...whole];
  for (const one of asked) {
    const address = addressOf(drawn, one);
    assert.ok(address !== undefined, JSON.stringify(one));
    const { status, body } = await server.ask(address);
    assert.equal(status, 200, address);
    assert.deepEqual(jpegSize(body), { height: one.size.height, width: one.size.width }, address);
  }
  return asked.length;
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-every-size-'));
  const server = await startIipsrv(folder);
  const workers = server.workers();
  let asked = 0;
  try {
    for (let side = 1; side <= 600; side += 1) {
      for (const other of new Set([1, 513, side])) {
        const drawn = await draw(folder, 'made', { width: side, height: other });
        asked += await walk(server, drawn);
        rmSync(join(folder, drawn.name));
      }
    }
    assert.deepEqual(server.workers(), workers);
    console.log(`${asked} pictures, and no process died`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}
