import { expect, it } from 'vitest';
import { folder, gateFor, NO_CREDENTIALS } from '../../test/support/gate.ts';
import { anonymous, type Subject } from '../access/subject.ts';

const open = [folder('maps', 'open'), folder('room', 'external'), folder('tiered', 'denied', 750)];
const user: Subject = { ...anonymous, kind: 'user', id: 'u', email: 'u@example.org', active: true, roles: [] };

async function granted(target: string, subject: Subject = anonymous) {
  const verdict = await gateFor(subject, { folders: open }).image(target, NO_CREDENTIALS);
  if (verdict.kind !== 'granted') throw new Error(verdict.kind);
  return verdict;
}

it('a path for the image server is written from what was understood, and the address that the picture is known by', async () => {
  const grant = await granted('/iiif/images/maps%2Fa.tif/0,0,1000,1000/pct:50/0/color.jpg');
  expect(grant.serverPath).toBe('/iiif/maps/a.tif/0,0,1000,1000/500,500/0/color.jpg');
  expect(grant).toMatchObject({
    version: '0123456789abcdef',
    canonical: '/iiif/images/maps!a.tif/0,0,1000,1000/500,/0/default.jpg',
    profile: 'http://iiif.io/api/image/2/level1.json',
    byPlace: false,
    price: 1,
    visitor: 'anybody ',
  });
});

it('a tile of the pyramid is asked for as it is stored', async () => {
  const grant = await granted('/iiif/images/maps!a.tif/4096,2048,1904,1952/476,/0/default.jpg');
  expect(grant.serverPath).toBe('/tiles/maps/a.tif/2/2,1/476,488');
  expect(grant).toMatchObject({ canonical: '/iiif/images/maps!a.tif/4096,2048,1904,1952/476,/0/default.jpg' });
});

it('a tier is drawn from the full image, and is called by its own name', async () => {
  const grant = await granted('/iiif/3/images/tiered!a.tif!!750/0,0,375,250/max/0/default.jpg');
  expect(grant.serverPath).toBe('/iiif/tiered/a.tif/0,0,3000,2000/375,250/0/default.jpg');
  expect(grant.canonical).toBe('/iiif/3/images/tiered!a.tif!!750/0,0,375,250/max/0/default.jpg');
});

it('what only the place opens is for the place', async () => {
  expect(
    (await granted('/iiif/images/room!a.tif/full/100,/0/default.jpg', { ...user, address: '10.1.0.1' })).byPlace,
  ).toBe(true);
});

it.each([
  ['failed', { kind: 'unreadable' }],
  ['making', { kind: 'unavailable', retryAfter: 5 }],
  ['unavailable', { kind: 'unavailable', retryAfter: 30 }],
] as const)(
  'an image whose pyramid is %s is not sent to those who may see it; others hear nothing of it',
  async (kind, wanted) => {
    const gateOf = (subject: Subject) => gateFor(subject, { folders: open, readiness: { kind } });
    const target = '/iiif/images/maps!a.tif/full/100,/0/default.jpg';
    expect(await gateOf(anonymous).image(target, NO_CREDENTIALS)).toMatchObject(wanted);
    expect(await gateOf(anonymous).image(target.replace('maps', 'room'), NO_CREDENTIALS)).toMatchObject({
      kind: 'locked',
    });
  },
);
