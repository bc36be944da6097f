// Every manifest and collection, judged by the official JSON schema of the Presentation API 3.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, suite, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { Client } from '../../test-support/client.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { makePicture } from '../support/picturesToMake.mjs';
import { startServe } from '../support/serve.mjs';

const ROOT = join(import.meta.dirname, '../..');
/** The schema is the community's and no file of ours: beside the repository, or where VITRINE_SHARED says. */
const SCHEMA = join(process.env['VITRINE_SHARED'] ?? join(ROOT, '../shared'), 'conformance/presentation-3.schema.json');

/** One folder for each way to an image. */
const ACCESS = {
  open: 'everyone',
  denied: 'nobody',
  'Fotos Köln': [{ who: { gesture: 'agreement' } }, { who: 'everyone', sees: 200 }],
  deep: [{ who: { gesture: 'kiosk', networks: '127.0.0.1' } }],
  'deep/deeper': [{ who: { networks: '10.0.0.0/8' } }, { who: 'everyone', sees: 100 }],
};

async function judgeAll() {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(await readFile(SCHEMA, 'utf8')));

  test('the schema refuses what is wrong', () => {
    const manifest = { '@context': 'http://iiif.io/api/presentation/3/context.json', type: 'Manifest', items: [] };
    assert.equal(validate(manifest), false);
  });

  const images = await awkwardFolders();
  const awkward = { images, access: ACCESS };
  for (const { title, options, login, isShut } of [
    { title: 'the samples, to everybody', options: {} },
    { title: 'awkward folders, to everybody', options: awkward },
    { title: 'awkward folders, after login', options: awkward, login: true },
    {
      title: 'awkward folders, protected, to nobody',
      options: { ...awkward, env: { PROTECT_MANIFESTS: 'true' } },
      isShut: true,
    },
  ]) {
    suite(title, async () => {
      const vitrine = await startServe(options);
      after(vitrine.stop);
      const nobody = new Client(vitrine.url);
      const guide = login || isShut ? await loggedIn(vitrine, vitrine.admin) : nobody;
      const visitor = login ? guide : nobody;
      const documents = await allDocuments(vitrine.url, guide, visitor);
      test('there are collections and manifests', () => {
        assert.deepEqual(new Set(documents.map(({ type }) => type)), new Set(['Collection', 'Manifest']));
        if (isShut) assert.ok(documents.some(({ type, items }) => type === 'Manifest' && items.length === 0));
      });
      for (const document of documents) {
        test(`${document.type} ${new URL(document.id).pathname}`, () => {
          assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 8), undefined, 1));
        });
      }
    });
  }
}

/**
 * The collection of everything and what it leads to, as a visitor is sent them.
 * @param {string} url
 * @param {Client} guide who is told of all of them
 * @param {Client} visitor
 */
async function allDocuments(url, guide, visitor) {
  const documents = [];
  const waiting = [`${url}/iiif/3/manifests/`];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [{ text }, led] = await Promise.all([visitor, guide].map((who) => who.ask(next.slice(url.length))));
    const [document, whole] = [JSON.parse(text), JSON.parse(led.text)];
    assert.equal(document.id, next, text.slice(0, 200));
    documents.push(document);
    if (whole.type === 'Collection') waiting.push(...whole.items.map((/** @type {{id: string}} */ { id }) => id));
  }
  return documents;
}

async function awkwardFolders() {
  const images = await temporaryFolder('images');
  const first = join(images, 'first.tif');
  await makePicture(first);
  await makePicture(join(images, 'sliver.tif'), { width: 1 });
  await makePicture(join(images, 'second.jp2'));
  for (const path of [
    'Fotos Köln/Übersicht über alles.tif',
    "A, 'B' (C) *D* $E=F @G/x.tif",
    '"quoted" <b>/page "1" <i>.tif',
    '日本語/浮世絵 🖼.tif',
    'deep/deeper/deepest/a.tif',
    'deep/deeper/b.tif',
    'open/1.tif',
    'open/10.tif',
    'open/2.tif',
    'denied/a.tif',
    'n'.repeat(200) + '/a.tif',
  ]) {
    await mkdir(join(images, dirname(path)), { recursive: true });
    await link(first, join(images, path));
  }
  await copyFile(join(images, 'second.jp2'), join(images, 'open/2.jp2')); // twins but for the extension
  await mkdir(join(images, 'empty/emptier'), { recursive: true });
  await writeFile(join(images, 'open/notes.txt'), 'no picture\n');
  return images;
}

if (!existsSync(SCHEMA)) test('the JSON schema of Presentation 3', { skip: `there is no ${SCHEMA}` });
else await judgeAll();
