// Link headers of pictures and descriptions: what they are called, and to which level they keep.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: ['atlas/page1.tif', 'root.tif'] });
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const level1 = (version: number): string => `<http://iiif.io/api/image/${version}/level1.json>;rel="profile"`;

it.each([
  ['/iiif/images/', 2, 'atlas%2Fpage1/full/!600,600/360/color.jpg', 'full/600,/0/default.jpg'],
  ['/iiif/3/images/', 3, 'atlas!page1.tif/pct:0,0,100,100/600,/0/default.jpg', 'full/600,400/0/default.jpg'],
  ['/iiif/3/images/', 3, 'atlas!page1.tif/full/max/0/gray.jpg', 'full/max/0/gray.jpg'],
])('of a picture below %s', async (prefix, version, asked, canonical) => {
  const answer = await vitrine.tile(prefix + asked, { cookie });
  const link = `<${vitrine.base}${prefix}atlas!page1.tif/${canonical}>;rel="canonical",${level1(version)}`;
  expect(answer.headers['x-image-link']).toBe(link);
});

it('of a picture that is refused: none', async () => {
  const answer = await vitrine.tile('/iiif/images/atlas!page1.tif/full/max/0/default.jpg');
  expect([answer.status, answer.headers['x-image-link']]).toEqual([401, undefined]);
});

it.each([
  ['/iiif/images/', 2],
  ['/iiif/3/images/', 3],
])('of a description below %s', async (prefix, version) => {
  const answer = await vitrine.ask(`${prefix}atlas!page1.tif/info.json`, { headers: { cookie } });
  expect(String(answer.headers['link'])).toContain(level1(version));
});

it('a name without a folder, of nothing, is 404 for everybody; one in a folder may be logged in for', async () => {
  const statusOf = async (identifier: string) => {
    const { status, headers } = await vitrine.tile(`/iiif/images/${identifier}/full/max/0/default.jpg`);
    return status === 403 ? Number(headers['x-deny']) : status;
  };
  expect(await statusOf('nothing')).toBe(404);
  expect(await statusOf('[frob]')).toBe(404);
  expect(await statusOf('root.tif')).toBe(401);
  expect(await statusOf('atlas!nothing')).toBe(401);
  expect(await statusOf('nothing!at!all')).toBe(401);
});
