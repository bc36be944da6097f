// iipsrv 1.1 dies of regions that are less than a pixel of the level it takes. It is never asked for one.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { drawnBy } from '../../auth/src/images/servers/iipsrvRegion.ts';
import { addressOf, draw, walk } from './everySize.mjs';
import { until } from '../../test-support/until.mjs';
import { startIipsrv } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-narrow-'));
/** @type {import('./server.mjs').Iipsrv} */
let server;
/** @type {number[]} */
let workers;

before(async () => {
  server = await startIipsrv(folder);
  workers = server.workers();
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
const noneDied = () => {
  assert.deepEqual(server.workers(), workers);
};

/** @type {[kind: import('./everySize.mjs').Kind, ...sizes: [width: number, height: number][]][]} */
const files = [
  ['made', [1025, 1025], [2049, 700], [4098, 700], [700, 2051], [1, 1], [1, 600], [9001, 3], [513, 2]],
  ['fit', [1024, 1024], [1280, 333], [511, 511], [700, 2030], [200, 1]],
  ['jp2', [1025, 1025], [2049, 700], [700, 2051]],
];
for (const [kind, ...sizes] of files) {
  for (const [width, height] of sizes) {
    test(`every tile at the edges of a picture of ${width} x ${height} pixels, ${kind}`, async () => {
      await walk(server, await draw(folder, kind, { width, height }));
      noneDied();
    });
  }
}

test('the last column shows what is at the edge', async () => {
  const drawn = await draw(folder, 'made', { width: 1025, height: 1025 });
  const asked = { region: { x: 1024, y: 1, width: 1, height: 1024 }, size: { width: 1, height: 512 } };
  const { body } = await server.ask(String(addressOf(drawn, asked)));
  writeFileSync(join(folder, 'edge.jpg'), body);
  assert.ok(Number(execFileSync('vips', ['avg', 'edge.jpg'], { cwd: folder })) > 250);
});

test('narrow regions of any kind are drawn or refused, and none is deadly', async () => {
  let seed = 3;
  const below = (/** @type {number} */ number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * number);
  };
  /** @type {[kind: import('./everySize.mjs').Kind, width: number, height: number][]} */
  const kinds = [
    ['made', 2048, 2048], // its last pixels are those of the picture
    ['fit', 700, 2030],
    ['jp2', 2049, 700],
  ];
  for (const [kind, width, height] of kinds) {
    const image = { width, height };
    const drawn = await draw(folder, kind, image);
    let [moved, refused] = [0, 0];
    for (let count = 0; count < 300; count += 1) {
      const [anyWidth, anyHeight] = [1 + below(count % 2 ? 20 : width), 1 + below(count % 3 ? 20 : height)];
      const [wide, high] = [Math.min(anyWidth, width), Math.min(anyHeight, height)];
      const x = count % 5 ? width - wide : below(width - wide + 1);
      const y = count % 7 ? height - high : below(height - high + 1);
      const region = { x, y, width: wide, height: high };
      const size = { width: 1 + below(region.width), height: 1 + below(region.height) };
      const address = addressOf(drawn, { region, size });
      if (address) assert.equal((await server.ask(address)).status, 200, address);
      else refused += 1;
      if (address && !address.includes(`/${x},${y},`)) moved += 1;
    }
    assert.ok(moved > 5 && refused < 10, `${drawn.name}: ${moved} are moved, ${refused} refused`);
    noneDied();
  }
});

test('what is moved would have been deadly', async () => {
  const { name, pyramid } = await draw(folder, 'made', { width: 2048, height: 2048 });
  const [image] = pyramid.levels;
  const levels = pyramid.levels.length;
  for (const region of ['0,2047,2048,1/1024,1', '2047,0,1,2048/1,1024', '2047,2047,1,1/1,1', '2045,0,3,2048/1,512']) {
    const [x, y, width, height, w, h] = region.split(/[,/]/).map(Number);
    const size = { width: w, height: h };
    const drawn = drawnBy({ image, levels, region: { x, y, width, height }, size });
    const alive = drawn.width > 0 && drawn.height > 0;
    const { status } = await server.ask(`/iiif/${name}/${region}/0/default.jpg`);
    assert.equal(status, alive ? 200 : 500, region);
  }
  await until('two workers', () => server.workers().length === 2);
});
