// A folder as real folders are: files that are damaged, of the wrong kind, badly named, or no files at all.
import assert from 'node:assert/strict';
import { chmod, copyFile, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jpegSize } from '../compose/client.mjs';
import { fillBadFolder, unsafe } from '../support/badFolder.mjs';
import { temporaryFolder } from '../support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../support/until.mjs';

const images = await temporaryFolder('images');
const outside = await temporaryFolder('outside');
const box = join(images, 'box');
const inBox = (name) => join(box, name);

await fillBadFolder(images, outside);
const vitrine = await startServe({ images });
after(vitrine.stop);
const visitor = await loggedIn(vitrine, vitrine.admin);
await chmod(inBox('locked.tif'), 0); // now: at the start it would have made the image server run as root

/** What is logged arrives a moment later. */
const logged = (line) => until(`${line} in the log`, () => line.test(vitrine.log), 5);
const manifest = async () => JSON.parse((await visitor.ask('/iiif/manifests/box')).text);

// What is in the file counts for iipsrv, not what it is called.
const served = ['good.jp2', 'good.tif', 'inside.tif', 'jpeg2000.tif', 'tiff.jp2'];

test('the manifest lists what can be shown, within seconds', async (t) => {
  const started = performance.now();
  const { sequences } = await manifest();
  t.diagnostic(`${Math.round(performance.now() - started)} ms`);
  assert.ok(performance.now() - started < 30_000);
  const listed = sequences[0].canvases.map((canvas) => decodeURIComponent(canvas.images[0].resource.service['@id']));
  assert.deepEqual(
    listed.map((id) => id.slice(id.lastIndexOf('!') + 1)),
    served,
  );
  for (const canvas of sequences[0].canvases) assert.deepEqual([canvas.width, canvas.height], [600, 400]);
});

for (const name of served) {
  test(`${name} is served`, async () => {
    const { status, body } = await visitor.ask(`/iiif/images/box!${name}/full/300,/0/default.jpg`);
    assert.equal(status, 200);
    assert.deepEqual(jpegSize(body), { width: 300, height: 200 });
  });
}

const refused = {
  // Not images at all, or of a kind that iipsrv cannot read.
  404: ['plain.jpg', 'screen.png', 'untiled.tif', 'jpeg.tif', 'text.tif', 'text.jp2', 'folder.tif', 'pipe.tif'],
  // Broken.
  500: ['cut.tif', 'cut.jp2', 'noise.tif', 'empty.tif', 'empty.jp2', 'giant.tif', 'locked.tif'],
};
const links = ['dangling.tif', 'loop.tif', 'leaves.tif', 'door!secret.tif', 'zero.tif'];
refused[404].push(...links);
for (const [status, names] of Object.entries(refused)) {
  for (const name of names) {
    test(`${name}: ${status} in JSON for every part of it, within seconds, never a picture`, async () => {
      const started = performance.now();
      for (const part of [
        'info.json',
        'full/100,/0/default.jpg',
        '0,0,256,256/256,256/0/default.jpg',
        'full/full/0/default.jpg',
      ]) {
        const answer = await visitor.ask(`/iiif/images/box!${name}/${part}`);
        assert.equal(answer.status, Number(status), `${part}: ${answer.status} ${answer.text.slice(0, 200)}`);
        assert.match(answer.headers['content-type'], /^application\/json/);
        assert.match(answer.text, /^\{"error":"\w+","message":".+"\}$/);
      }
      assert.ok(performance.now() - started < 10_000);
    });
  }
}

test('half a JPEG 2000, which still knows its size: 500, and the log names it', async () => {
  for (const part of ['info.json', 'full/100,/0/default.jpg', '0,0,256,256/256,256/0/default.jpg']) {
    assert.equal((await visitor.ask(`/iiif/images/crate!half.jp2/${part}`)).status, 500, part);
  }
  await logged(/WARN .*file=\S+\/crate\/half\.jp2 /);
});

test('a TIFF with a hole: what lies there is 502 in JSON and in the log of accesses, the rest is served', async () => {
  const hole = '/iiif/images/crate!hole.tif/300,200,256,200/256,200/0/default.jpg';
  const { status, headers, text } = await visitor.ask(hole);
  assert.equal(status, 502, text);
  assert.equal(headers['content-type'], 'application/json');
  assert.equal((await visitor.ask('/iiif/images/crate!hole.tif/full/100,/0/default.jpg')).status, 200);
  const line = `"GET ${hole}" 502 `;
  const accesses = () => readFile(join(vitrine.data, 'run/access.log'), 'utf8');
  await until(line, async () => (await accesses()).includes(line), 5);
});

test('names that cannot be part of an address are not served, in no spelling', async () => {
  for (const name of unsafe) {
    const once = encodeURIComponent(`${name}.tif`).replaceAll('!', '%21');
    for (const spelling of [once, encodeURIComponent(once), `${name.replace('\n', '%0A').replace('?', '%3f')}.tif`]) {
      const { status, text } = await visitor.ask(`/iiif/images/box!${spelling}/full/100,/0/default.jpg`);
      assert.ok([400, 404].includes(status), `${spelling}: ${status} ${text.slice(0, 100)}`);
    }
  }
});

test('the log names each file once, and says what to do', async () => {
  await manifest();
  const convert = ['text.tif', 'text.jp2', 'untiled.tif', 'jpeg.tif', 'plain.jpg', 'screen.png', ...refused[500]];
  const rename = unsafe.map((name) => `${name.replace('\n', '\\n')}.tif`);
  for (const name of [...convert, ...rename])
    await until(`${name} in the log`, () => vitrine.log.includes(`file=${inBox(name)}`), 5);
  const lines = vitrine.log.split('\n').filter((line) => / WARN .*file=/.test(line));
  const linesOf = (name) => lines.filter((line) => `${line} `.includes(` file=${inBox(name)} `));
  for (const [names, what] of [
    [convert, /remedy=.*vips tiffsave/],
    [rename, /rename it/],
  ]) {
    for (const name of names) {
      assert.equal(linesOf(name).length, 1, `${name}\n${vitrine.log}`);
      assert.match(linesOf(name)[0], what);
    }
  }
  const ofBox = lines.filter((line) => line.includes(`file=${box}`));
  assert.equal(ofBox.length, convert.length + rename.length, ofBox.join('\n'));
  assert.ok(!vitrine.log.includes(outside), 'nothing outside of the folder is named');
});

test('a file that is mended is served, and one that breaks is not', async () => {
  await copyFile(inBox('good.tif'), inBox('empty.tif'));
  await chmod(inBox('locked.tif'), 0o644);
  await utimes(inBox('locked.tif'), new Date(), new Date());
  for (const name of ['empty.tif', 'locked.tif']) {
    await visitor.until(`/iiif/images/box!${name}/full/100,/0/default.jpg`, ({ status }) => status === 200, 20);
  }
  await writeFile(inBox('good.jp2'), 'no more');
  await visitor.until('/iiif/images/box!good.jp2/full/300,/0/default.jpg', ({ status }) => status === 500, 10);
});
