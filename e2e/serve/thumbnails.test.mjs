// Every thumbnail that a manifest names is a picture for everybody.
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { startPatterns } from '../support/patterns.mjs';
import { startServe } from '../support/serve.mjs';

/** Folders, as they begin an identifier, of which nothing may be shown as a thumbnail. */
const LOCKED = ['maps!', 'Fotos', 'demo!login', 'demo!kiosk', 'demo!external', 'demo!denied', 'demo!two', 'login!'];
const DEMONSTRATIONS = 'open login clickthrough kiosk external tiered two denied expired'.split(' ');
const DEMO = DEMONSTRATIONS.flatMap((name) => [`/demo/${name}/manifest2.json`, `/demo/${name}/manifest3.json`]);

for (const { title, start, more, shown } of [
  {
    title: 'the samples',
    start: () => startServe({ env: { DEMO: 'true' } }),
    more: DEMO,
    shown: ['demo!open', 'demo!tiered'],
  },
  { title: 'a folder of each pattern', start: startPatterns, more: [], shown: ['open!', 'tiered!'] },
]) {
  suite(title, async () => {
    const vitrine = await start();
    after(vitrine.stop);
    const nobody = new Client(vitrine.url);
    /** @type {(Thumbnail & {of: string})[]} */
    const named = [];
    const addresses = ['/iiif/manifests/', '/iiif/3/manifests/', ...more];
    for (let next = addresses.shift(); next !== undefined; next = addresses.shift()) {
      const { status, text } = await nobody.ask(next);
      assert.equal(status, 200, next);
      const document = JSON.parse(text);
      named.push(...thumbnailsIn(document).map((thumbnail) => ({ ...thumbnail, of: next })));
      addresses.push(...membersOf(document).map((id) => id.slice(vitrine.url.length)));
    }

    test('each answers 200 to nobody, with a picture of the size that is said', async () => {
      for (const { id, width, height, of } of named) {
        const { status, body } = await nobody.ask(id.slice(vitrine.url.length));
        assert.equal(status, 200, `${id}, named by ${of}`);
        // How large the whole picture of a tier is depends on the file; its description says it.
        const size = width === undefined ? await sizeOfTier(id) : { width, height };
        assert.deepEqual(jpegSize(body), size, id);
      }
    });

    /** @param {string} id */
    async function sizeOfTier(id) {
      const [base] = /^.*!!\d+(?=\/full\/max\/)/.exec(id.slice(vitrine.url.length)) ?? [id];
      const { width, height } = JSON.parse((await nobody.ask(`${base}/info.json`)).text);
      return { width, height };
    }

    test('open and tiered images have one in both versions, locked ones none', () => {
      for (const version of ['/iiif/images/', '/iiif/3/images/']) {
        const images = named.filter(({ id }) => id.includes(version)).map(({ id }) => id.split(version)[1]);
        for (const folder of shown)
          assert.ok(
            images.some((image) => image.startsWith(folder)),
            folder,
          );
        for (const folder of LOCKED) assert.ok(!images.some((image) => image.startsWith(folder)), folder);
      }
    });
  });
}

/**
 * @typedef {{id: string, width?: number, height?: number}} Thumbnail
 * @typedef {{id?: string, '@id'?: string}} Member
 */

/**
 * What a collection leads to.
 * @param {{collections?: Member[], manifests?: Member[], type?: string, items?: Member[]}} document
 */
function membersOf({ collections = [], manifests = [], type, items = [] }) {
  const members = [...collections, ...manifests, ...(type === 'Collection' ? items : [])];
  return members.map((member) => member['@id'] ?? member.id ?? '');
}

/**
 * Every thumbnail of a document, however deep.
 * @param {unknown} value
 * @returns {Thumbnail[]}
 */
function thumbnailsIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  /** @type {{thumbnail?: Thumbnail & {'@id'?: string}}} */
  const { thumbnail } = value;
  const own = [thumbnail ?? []]
    .flat()
    .map(({ width, height, ...rest }) => ({ id: rest['@id'] ?? rest.id, width, height }));
  return [...own, ...Object.values(value).flatMap(thumbnailsIn)];
}
