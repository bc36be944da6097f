// Plain JPEG and PNG files: pyramids are made of them, and on either image server nothing of the files goes out.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jpeg, png } from '../digilib-replay/picture.mjs';
import { Client } from '../../test-support/client.mjs';
import { jpegSize, pngSize } from '../../test-support/pictureSize.mjs';
import { Checklist } from './checklist.mjs';

const execute = promisify(execFile);
/** What a camera and a retoucher note; in English letters, so that they would be found as they are. */
const notes = {
  Artist: 'Annotated Artist',
  Copyright: 'Annotated Rights',
  GPSLatitude: '50.9413',
  GPSLatitudeRef: 'N',
  GPSLongitude: '6.9583',
  GPSLongitudeRef: 'E',
  'XMP-dc:Description': 'Annotated Description',
};

/**
 * Puts the files into IMAGE_DIR.
 * @param {string} images
 */
async function makeFiles(images) {
  const folder = join(images, 'photos');
  await mkdir(folder);
  const files = { 'photo.jpg': jpeg(800, 600, [120, 90, 150]), 'drawing.png': png(800, 600, [9, 99, 199]) };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const written = Object.entries(notes).map(([tag, value]) => `-${tag}=${value}`);
  const paths = Object.keys(files).map((name) => join(folder, name));
  await execute('exiftool', ['-quiet', '-overwrite_original', ...written, ...paths]);
  // exiftool finds in the files what it is to find in no answer.
  for (const path of paths) assert.match(await noted(path), /Annotated Artist.*50[.,]94/s);
}

/**
 * All that exiftool finds in a file, as text.
 * @param {string} path
 */
async function noted(path) {
  return (await execute('exiftool', ['-G1', '-s', '-n', path])).stdout;
}

/**
 * @param {import('./checks.mjs').Server} server
 * @param {{images: string, folder: string}} room its IMAGE_DIR, and a folder for other files
 * @returns {import('./checklist.mjs').Check[]}
 */
export function plainFiles({ baseUrl, email, password, gray }, { images, folder }) {
  const onDigilib = gray === 'png';
  const client = new Client(baseUrl);
  const { checks, add: check } = new Checklist();

  check('a folder of JPEG and PNG files is a manifest, with true sizes', async () => {
    await makeFiles(images);
    assert.ok((await client.logIn(email, password)).status < 400);
    const answer = await client.until('/iiif/manifests/photos', ({ status }) => status === 200);
    /** @type {{width: number, height: number}[]} */
    const canvases = JSON.parse(answer.text).sequences[0].canvases;
    assert.deepEqual(
      canvases.map(({ width, height }) => [width, height]),
      [
        [800, 600],
        [800, 600],
      ],
    );
  });

  for (const [version, name, parameters] of [
    ['', 'photo.jpg', 'full/full/0/default.jpg'],
    ['', 'photo.jpg', 'full/full/0/color.jpg'],
    ['', 'photo.jpg', 'full/800,/0/default.jpg'],
    ['', 'photo.jpg', '0,0,800,600/800,600/0/default.jpg'],
    ['', 'photo.jpg', 'pct:0,0,100,100/full/0/default.jpg'],
    ['', 'photo.jpg', 'full/800,700/0/default.jpg'],
    ['', 'photo.jpg', 'full/400,/0/default.jpg'],
    ['', 'photo.jpg', '512,512,288,88/288,/0/default.jpg'],
    ['3/', 'photo.jpg', 'full/max/0/default.jpg'],
    ['', 'drawing.png', 'full/full/0/default.jpg'],
    ...(onDigilib ? [['', 'drawing.png', 'full/full/0/default.png']] : []),
  ]) {
    check(`${version}${name}/${parameters} is a rendition: none of its notes, none of its bytes`, async () => {
      const answer = await client.ask(`/iiif/${version}images/photos!${name}/${parameters}`);
      assert.equal(answer.status, 200, answer.text.slice(0, 200));
      assert.equal(answer.headers['content-disposition'], undefined);
      const master = await readFile(join(images, 'photos', name));
      assert.ok(!answer.body.equals(master));
      const file = join(folder, `answer-${name}`);
      await writeFile(file, answer.body);
      assert.doesNotMatch(await noted(file), /Annotated|GPS|Orientation|Artist/);
    });
  }

  check('info.json of both versions says what comes in every format', async () => {
    const [second, third] = await Promise.all(
      ['', '3/'].map(async (version) =>
        JSON.parse((await client.ask(`/iiif/${version}images/photos!photo.jpg/info.json`)).text),
      ),
    );
    const { formats, qualities } = second.profile[1];
    const others = onDigilib ? ['color', 'bitonal'] : ['color', 'gray', 'bitonal'];
    assert.deepEqual(formats, onDigilib ? ['jpg', 'png'] : ['jpg']);
    assert.deepEqual(qualities, ['default', ...others]);
    assert.deepEqual([third.extraFormats, third.extraQualities], [onDigilib ? ['png'] : undefined, others]);
    for (const format of formats) {
      for (const quality of qualities) {
        const { status } = await client.ask(`/iiif/images/photos!photo.jpg/full/100,/90/${quality}.${format}`);
        assert.equal(status, 200, `${quality}.${format}`);
      }
    }
  });

  if (!onDigilib) return checks;

  check('gray is a PNG; a gray JPEG is 400 in words, and never an empty picture', async () => {
    for (const parameters of ['full/full/0', 'full/400,/90', '0,0,512,512/512,/!0']) {
      const refused = await client.ask(`/iiif/images/photos!photo.jpg/${parameters}/gray.jpg`);
      assert.equal(refused.status, 400);
      assert.equal(JSON.parse(refused.text).message, 'gray is offered as png here.');
      const answer = await client.ask(`/iiif/images/photos!photo.jpg/${parameters}/gray.png`);
      assert.equal(answer.status, 200, answer.text.slice(0, 200));
      assert.ok(pngSize(answer.body).width > 0);
    }
  });

  check('a side of one pixel is 400 in words, of two a picture', async () => {
    const refused = await client.ask('/iiif/images/photos!photo.jpg/full/1,/0/default.jpg');
    assert.equal(refused.status, 400);
    assert.match(JSON.parse(refused.text).message, /less than 2 pixels a side/);
    const { status, body } = await client.ask('/iiif/images/photos!photo.jpg/full/2,2/0/default.jpg');
    assert.equal(status, 200);
    assert.deepEqual(jpegSize(body), { width: 2, height: 2 });
  });

  return checks;
}
