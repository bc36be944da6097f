// Folders as they are: some hold nothing that can be shown.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tiff } from '../support/pictures.ts';
import { Vitrine } from '../support/vitrine.ts';

const text = 'This is a text, whatever its name says.';
const cut = tiff().subarray(0, 100);

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: ['good/1.tif', 'photos/1.jpg', 'mixed/inner/1.tif'] });
  vitrine.write('scans/1.tif', text);
  vitrine.write('scans/2.tif', cut);
  vitrine.write('mixed/1.tif', text);
  vitrine.write('good/0.tif', cut);
  vitrine.write('alone.tif', text);
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const linesAbout = (name: string): string[] => vitrine.log.filter((line) => line.includes(`${name}"`));

it('a collection lists no folder whose manifest would be 404, and what it lists answers', async () => {
  const { items } = (await vitrine.ask('/iiif/3/manifests/', { headers: { cookie } })).json() as {
    items: { id: string }[];
  };
  const listed = items.map(({ id }) => id.slice(id.lastIndexOf('/') + 1));
  expect(listed).toEqual(['good', 'mixed', 'photos']);
  for (const name of listed)
    expect((await vitrine.ask(`/iiif/3/manifests/${name}`, { headers: { cookie } })).status, name).toBe(200);
  for (const name of ['scans', '!'])
    expect((await vitrine.ask(`/iiif/3/manifests/${name}`, { headers: { cookie } })).status, name).toBe(404);
});

it('each picture that is not served is named once, with the reason and what to do', async () => {
  await vitrine.ask('/iiif/3/manifests/good', { headers: { cookie } });
  for (const [name, reason, remedy] of [
    ['scans/1.tif', 'is not served: no picture', 'make one of it'],
    ['scans/2.tif', 'cannot be read: it ends too early', 'copy it once more'],
    ['good/0.tif', 'cannot be read: it ends too early', 'copy it once more'],
  ] as const) {
    expect(linesAbout(name), name).toHaveLength(1);
    expect(linesAbout(name)[0]).toContain(reason);
    expect(linesAbout(name)[0]).toContain(remedy);
  }
});

it('no pyramid is ever asked for of what is no picture', async () => {
  vitrine.pyramids.readied.length = 0;
  for (const part of ['info.json', 'full/100,/0/default.jpg', '0,0,256,256/256,/0/default.jpg']) {
    const path = `/iiif/3/images/scans!1.tif/${part}`;
    const { status, headers } =
      part === 'info.json' ? await vitrine.ask(path, { headers: { cookie } }) : await vitrine.tile(path, { cookie });
    expect([status, headers['x-deny']]).toEqual(part === 'info.json' ? [404, undefined] : [403, '404']);
  }
  expect(vitrine.pyramids.readied).toEqual([]);
});
