// What each rendition costs the image server, and who it is for: the proxy makes room by these.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agree } from '../support/patterns.ts';
import { tiff } from '../support/pictures.ts';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  const access = {
    open: 'everyone',
    agreed: [{ who: { gesture: 'agreement' } }],
    network: [{ who: { networks: '10.2.0.0/16' } }],
  };
  vitrine = await Vitrine.start({ files: ['open/a.tif', 'network/a.tif', 'agreed/a.tif'], access });
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

async function headersOf(target: string, headers: Record<string, string>) {
  const answer = await vitrine.tile(`/iiif/images/${target}/0/default.jpg`, headers);
  expect(answer.status).toBe(200);
  return answer.headers;
}
const visitorOf = async (target: string, headers: Record<string, string>) =>
  (await headersOf(target, headers))['x-visitor'];
const priceOf = async (target: string) => Number((await headersOf(target, from('192.0.2.7')))['x-image-price']);

const from = (address: string) => ({ 'X-Forwarded-For': address });
const tile = '0,0,512,512/512,';

it('a visitor who is not logged in is one of their network', async () => {
  expect(await visitorOf(`open!a.tif/${tile}`, from('192.0.2.7'))).toBe('anybody 192.0.2.7');
  expect(await visitorOf(`open!a.tif/${tile}`, from('2001:db8:1:2:3:4:5:6'))).toBe('anybody 2001:db8:1:2::/64');
  expect(await visitorOf(`network!a.tif/${tile}`, from('10.2.0.9'))).toBe('anybody 10.2.0.9');
});

it('who has agreed to something is known', async () => {
  const visit = await agree(vitrine);
  expect(await visitorOf(`agreed!a.tif/${tile}`, { cookie: visit, ...from('192.0.2.7') })).toBe('known 192.0.2.7');
});

it('a user is the same by all logins', async () => {
  const visitor = await visitorOf(`open!a.tif/${tile}`, { cookie, ...from('192.0.2.7') });
  expect(visitor).toMatch(/^user [\da-f-]{36}$/);
  const again = (await vitrine.logIn()).cookie;
  expect(await visitorOf(`open!a.tif/${tile}`, { cookie: again, ...from('192.0.2.8') })).toBe(visitor);
});

it.each([
  ['a tile as it is stored', tile, 0],
  ['a thumbnail', 'full/200,', 1],
  ['a region beside the grid', '1,1,512,512/512,', 1],
  ['a screen full', 'full/2400,', 16],
  ['the whole image', 'full/5000,', 68],
])('%s', async (_what, target, price) => {
  expect(await priceOf(`open!a.tif/${target}`)).toBe(price);
});

it('the thumbnail of a large file without smaller versions is dear, because all of it is read', async () => {
  vitrine.write('open/fit-flat.tif', tiff({ width: 12_000, height: 12_000, levels: [] }));
  vitrine.write('open/fit-pyramid.tif', tiff({ width: 12_000, height: 12_000 }));
  const thumbnail = (name: string) => priceOf(`open!${name}/full/200,`);
  expect([await thumbnail('fit-flat.tif'), await thumbnail('fit-pyramid.tif')]).toEqual([36, 1]);
});
