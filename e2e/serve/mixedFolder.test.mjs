// A folder as real folders are: pictures of every kind, named in every way, and files that are damaged or no pictures.
import assert from 'node:assert/strict';
import { chmod, copyFile, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { awkward, fillMixedFolder, unsafe } from '../support/mixedFolder.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { distance, gridOf, pixelsOf } from '../support/pixels.mjs';
import { descendants, ownerOf } from '../../test-support/processes.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';

const images = await temporaryFolder('images');
const outside = await temporaryFolder('outside');
const box = join(images, 'box');
const inBox = (/** @type {string} */ name) => join(box, name);

await fillMixedFolder(images, outside);
await chmod(inBox('locked.tif'), 0);
const vitrine = await startServe({ images });
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
const notRoot = process.getuid?.() === 0 ? false : 'everything runs as this user';

test('one file that www-data may not read makes nobody run as root; it is named', { skip: notRoot }, () => {
  const names = ['nginx', 'lighttpd', 'workers', 'iipsrv.fcgi'];
  const users = descendants(vitrine.pid).map(({ pid, name }) => `${name} ${ownerOf(pid)}`);
  const faceTheNetwork = users.filter((one) => names.includes(one.split(' ')[0]));
  assert.ok(faceTheNetwork.includes('iipsrv.fcgi www-data'), users.join(', '));
  // Of nginx the master is root's, which opens ports and answers nobody.
  assert.deepEqual(
    faceTheNetwork.filter((one) => one.endsWith(' root')),
    ['nginx root'],
    users.join(', '),
  );
  assert.match(vitrine.log, /www-data may not read \S+\/box\/locked\.tif, so it is left out/);
});

const manifest = async (folder = 'box') => JSON.parse((await visitor.ask(`/iiif/manifests/${folder}`)).text);

/**
 * @param {{sequences: {canvases: {images: {resource: {service: {'@id': string}}}[]}[]}[]}} document
 * @returns {string[]} the last part of each identifier
 */
function listedIn({ sequences: [{ canvases }] }) {
  const addresses = canvases.map(({ images: [image] }) => image.resource.service['@id']);
  return addresses.map((id) => decodeURIComponent(id.slice(id.lastIndexOf('!') + 1)));
}

// What is in a file counts, not what it is called.
const served = [
  ...['good.jp2', 'good.tif', 'inside.tif', 'jpeg.tif', 'jpeg2000.tif', 'new.avif', 'old.gif', 'one.pdf', 'phone.heic'],
  ...['plain.jpg', 'plain.tif.jpg', 'screen.png', 'tiff.jp2', 'turned.jpg', 'untiled.tif', 'web.webp'],
  ...awkward.map((name) => `${name}.jpg`),
];
/** @type {import('../support/pixels.mjs').Pixels} */
let good;
before(async () => (good = await pixelsOf(inBox('good.tif'))));

test('the manifest lists every picture', async () => {
  const document = await manifest();
  assert.deepEqual(listedIn(document).toSorted(), served.toSorted());
  for (const { width, height } of document.sequences[0].canvases) assert.deepEqual([width, height], [600, 400]);
});

for (const name of served) {
  test(`${name} is served, upright and in its colours, whole and by tiles`, async () => {
    const base = `/iiif/images/box!${encodeURIComponent(name)}`;
    for (const [address, region] of /** @type {const} */ ([
      ['full/300,/0/default.jpg', { x: 0, y: 0, width: 600, height: 400 }],
      ['512,256,88,144/88,144/0/default.jpg', { x: 512, y: 256, width: 88, height: 144 }],
    ])) {
      const { status, body, text } = await visitor.ask(`${base}/${address}`);
      assert.equal(status, 200, text.slice(0, 200));
      const width = Number(/\/(\d+),/.exec(address)?.[1]);
      assert.deepEqual(jpegSize(body), { width, height: Math.round((width * region.height) / region.width) });
      const apart = distance(gridOf(await pixelsOf(body)), gridOf(good, region));
      assert.ok(apart < 6, `${address} shows something else: ${apart.toFixed(1)}`);
    }
  });
}

test('a file of several pages is a folder of them', async () => {
  const { collections = [], manifests } = await manifest('');
  const labels = [...collections, ...manifests].map((/** @type {{label: string}} */ { label }) => label);
  assert.ok(labels.includes('book.pdf'), labels.join(', '));
  const document = await manifest('box!book.pdf');
  assert.deepEqual(listedIn(document), ['1', '2', '3']);
  const sizes = document.sequences[0].canvases.map(
    (/** @type {{width: number, height: number}} */ { width, height }) => `${width} x ${height}`,
  );
  assert.deepEqual(sizes, ['600 x 400', '300 x 200', '600 x 400']);
  const page = await visitor.ask('/iiif/images/box!book.pdf!3/full/300,/0/default.jpg');
  assert.equal(page.status, 200);
  assert.ok(distance(gridOf(await pixelsOf(page.body)), gridOf(good)) < 6);
  for (const id of ['box!book.pdf', 'box!book.pdf!0', 'box!book.pdf!4', 'box!plain.jpg!1']) {
    assert.equal((await visitor.ask(`/iiif/images/${id}/info.json`)).status, 404, id);
  }
});

const notForLong = ['locked.tif'];
const noPictures = ['text.tif', 'text.jp2'];
const damaged = ['cut.tif', 'cut.jp2', 'noise.tif', 'empty.tif', 'empty.jp2', 'giant.tif'];
const noFiles = ['folder.tif', 'pipe.tif', 'dangling.tif', 'loop.tif', 'leaves.tif', 'door!secret.tif', 'zero.tif'];
for (const { names, status } of [
  { names: [...noPictures, ...damaged, ...noFiles], status: 404 },
  { names: notForLong, status: 500 },
]) {
  for (const name of names) {
    test(`${name}: ${status} in JSON for every part of it, never a picture`, async () => {
      for (const part of [
        'info.json',
        'full/100,/0/default.jpg',
        '0,0,256,256/256,256/0/default.jpg',
        'full/full/0/default.jpg',
      ]) {
        const answer = await visitor.ask(`/iiif/images/box!${name}/${part}`);
        assert.equal(answer.status, status, `${part}: ${answer.status} ${answer.text.slice(0, 200)}`);
        assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
        assert.match(answer.text, /^\{"error":"\w+","message":".+"\}$/);
      }
    });
  }
}

test('half a JPEG 2000, which still knows its size, is not passed off as a picture, and the log names it', async () => {
  for (const part of ['info.json', 'full/100,/0/default.jpg', '0,0,256,256/256,256/0/default.jpg']) {
    const { status, headers } = await visitor.ask(`/iiif/images/crate!half.jp2/${part}`);
    assert.equal(status, 404, part);
    assert.match(headers['content-type'] ?? '', /^application\/json/);
  }
  await until('it in the log', () => /WARN .*file=\S+\/crate\/half\.jp2 /.test(vitrine.log));
});

test('a TIFF with a hole: what lies there is 502 in JSON and in the log of accesses, the rest is served', async () => {
  for (const hole of ['300,200,256,200/256,200', '256,0,256,256/256,256', '0,0,600,400/590,390']) {
    const path = `/iiif/images/crate!hole.tif/${hole}/0/default.jpg`;
    const { status, headers, text } = await visitor.ask(path);
    assert.equal(status, 502, `${hole}: ${text.slice(0, 100)}`);
    assert.equal(headers['content-type'], 'application/json');
    const line = `"GET ${path}" 502 `;
    const accesses = () => readFile(join(vitrine.data, 'run/access.log'), 'utf8');
    await until(line, async () => (await accesses()).includes(line));
  }
  assert.equal((await visitor.ask('/iiif/images/crate!hole.tif/full/100,/0/default.jpg')).status, 200);
});

test('names that cannot be part of an address are not served, in no spelling', async () => {
  for (const name of unsafe) {
    const once = encodeURIComponent(`${name}.tif`).replaceAll('!', '%21');
    for (const spelling of [once, encodeURIComponent(once), `${name.replace('\n', '%0A')}.tif`]) {
      const { status, text } = await visitor.ask(`/iiif/images/box!${spelling}/full/100,/0/default.jpg`);
      assert.ok([400, 404].includes(status), `${spelling}: ${status} ${text.slice(0, 100)}`);
    }
  }
});

test('the log names each file once, and says what to do', async () => {
  await manifest();
  const unserved = [...noPictures, ...damaged, ...notForLong];
  const rename = unsafe.map((name) => `${name.replace('\n', '\\n')}.tif`);
  const astray = ['door', 'leaves.tif', 'zero.tif', 'dangling.tif', 'loop.tif', 'pipe.tif'];
  for (const name of [...unserved, ...rename, ...astray])
    await until(`${name} in the log`, () => vitrine.log.includes(`file=${inBox(name)}`));
  const lines = vitrine.log.split('\n').filter((line) => / WARN .*file=/.test(line));
  const linesOf = (/** @type {string} */ name) => lines.filter((line) => `${line} `.includes(` file=${inBox(name)} `));
  for (const { names, what } of [
    { names: noPictures, what: /is not served: no picture.* remedy=make a TIFF/ },
    { names: damaged, what: /is not served: it .* remedy=copy it here once more/ },
    { names: notForLong, what: /cannot be read: it may not be read .* remedy=.*chmod a\+r \S+\/box\/locked\.tif/ },
    { names: rename, what: /rename it/ },
    { names: astray, what: /is not served: it is (a link that leads|neither a file)/ },
  ]) {
    for (const name of names) {
      assert.equal(linesOf(name).length, 1, `${name}\n${vitrine.log}`);
      assert.match(linesOf(name)[0], what);
    }
  }
  const ofBox = lines.filter((line) => line.includes(`file=${box}`));
  assert.equal(ofBox.length, unserved.length + rename.length + astray.length, ofBox.join('\n'));
  assert.ok(!vitrine.log.includes(outside), 'nothing outside of the folder is named');
});

test('a file that is just being written is 500, and served when it is whole; one that breaks is not any more', async () => {
  const whole = await readFile(inBox('plain.jpg'));
  await writeFile(inBox('arriving.jpg'), whole.subarray(0, 300));
  await visitor.until('/iiif/images/box!arriving.jpg/info.json', ({ status }) => status === 500);
  await writeFile(inBox('arriving.jpg'), whole);
  await copyFile(inBox('good.tif'), inBox('empty.tif'));
  await chmod(inBox('locked.tif'), 0o644);
  await utimes(inBox('locked.tif'), new Date(), new Date());
  for (const name of ['arriving.jpg', 'empty.tif', 'locked.tif']) {
    await visitor.until(`/iiif/images/box!${name}/full/100,/0/default.jpg`, ({ status }) => status === 200);
  }
  await writeFile(inBox('good.jp2'), 'no more');
  const gone = ({ status = 0 }) => status === 404 || status === 500;
  await visitor.until('/iiif/images/box!good.jp2/full/300,/0/default.jpg', gone);
});
