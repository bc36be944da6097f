// What goes out of a master is what is seen of it: pixels and their colour profile.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startIipsrv } from './server.mjs';

const SECRET = 'for the staff only';
const LONG = SECRET.padEnd(100_000, '.'); // more than one segment of a JPEG takes
const SIDE = { width: 700, height: 500 };

const folder = mkdtempSync(join(tmpdir(), 'vitrine-metadata-'));
const run = (/** @type {string} */ command, /** @type {string[]} */ ...parameters) =>
  execFileSync(command, parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
/** @type {import('./server.mjs').Iipsrv} */
let server;

before(async () => {
  run('vips', 'gaussnoise', 'noise.v', String(SIDE.width), String(SIDE.height), '--mean=128', '--sigma=30');
  run('vips', 'bandjoin', 'noise.v noise.v noise.v', 'colour.v');
  run('vips', 'cast', 'colour.v', 'bytes.v', 'uchar');
  run('vips', 'copy', 'bytes.v', 'picture.v', '--interpretation=srgb');
  const pyramid = ['--tile', '--pyramid', '--compression=jpeg'];
  run('vips', 'tiffsave', 'picture.v', 'master.tif', ...pyramid, '--profile=srgb');
  run('vips', 'tiffsave', 'picture.v', 'long.tif', ...pyramid);
  run('vips', 'jp2ksave', 'picture.v', 'master.jp2');
  const notes = ['XMP:Description', 'XMP:Location', 'IPTC:Caption-Abstract', 'EXIF:Artist', 'EXIF:ImageDescription'];
  const place = ['-GPSLatitude=50.9', '-GPSLatitudeRef=N', '-GPSLongitude=6.9', '-GPSLongitudeRef=E'];
  run('exiftool', '-q', '-overwrite_original', ...notes.map((name) => `-${name}=${SECRET}`), ...place, 'master.tif');
  run('exiftool', '-q', '-overwrite_original', `-XMP:Description=${SECRET}`, 'master.jp2');
  run('exiftool', '-q', '-overwrite_original', `-XMP:Description=${LONG}`, 'long.tif');
  server = await startIipsrv(folder);
});

after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('the masters hold what must not go out', () => {
  for (const master of ['master.tif', 'master.jp2', 'long.tif']) {
    assert.ok(readFileSync(join(folder, master)).includes(SECRET), master);
  }
});

/**
 * The segments of a JPEG before its pixels: their markers and contents.
 * @param {Buffer} jpeg
 */
function segmentsOf(jpeg) {
  const found = [];
  for (let at = 2; jpeg[at + 1] !== 0xda;) {
    assert.equal(jpeg[at], 0xff);
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    found.push({ marker: jpeg[at + 1], content: jpeg.subarray(at + 4, end) });
    at = end;
  }
  return found;
}

for (const master of ['master.tif', 'master.jp2', 'long.tif']) {
  for (const [what, address] of [
    ['a small picture', 'full/300,/0/default.jpg'],
    ['a region', '10,20,400,300/400,300/0/default.jpg'],
    ['a tile of the file itself', '0,0,128,128/128,128/0/default.jpg'],
    ['a picture turned and gray', 'full/300,/!90/gray.jpg'],
  ]) {
    test(`${what} of ${master} holds nothing of what was noted in it`, async () => {
      const { status, headers, body } = await server.ask(`/iiif/${master}/${address}`);
      assert.equal(status, 200);
      assert.equal(headers['content-length'], String(body.length));
      assert.ok(!body.includes(SECRET) && !body.includes('adobe.com') && !body.includes('IIPImage'));
      const others = segmentsOf(body).filter(({ marker }) => marker >= 0xe0);
      const names = others.map(({ content }) => content.subarray(0, content.indexOf(0)).toString());
      // A profile of colours says nothing of grays.
      const coloured = master === 'master.tif' && !address.includes('gray');
      assert.deepEqual(names, coloured ? ['JFIF', 'ICC_PROFILE'] : ['JFIF']);
      assert.equal(Buffer.compare(body.subarray(-2), Buffer.from([0xff, 0xd9])), 0);
    });
  }
}

test('the colour profile is that of the master, byte for byte, and the pixels are whole', async () => {
  const { body } = await server.ask('/iiif/master.tif/full/700,/0/default.jpg');
  const profile = segmentsOf(body)
    .find(({ marker }) => marker === 0xe2)
    ?.content.subarray(14); // name, number, count
  assert.deepEqual(profile, run('exiftool', '-icc_profile', '-b', 'master.tif'));
  writeFileSync(join(folder, 'answer.jpg'), body);
  const average = (/** @type {string} */ file) => Number(run('vips', 'avg', file));
  assert.ok(Math.abs(average('answer.jpg') - average('picture.v')) < 2);
});
