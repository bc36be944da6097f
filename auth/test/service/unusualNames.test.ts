// Names that are part of our addresses, or that stand for something in addresses elsewhere: all of them work.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

const NAMES = [
  ...['~', '~home', '~a.b.c.d', '3', '300', 'full', 'max', 'square', 'info.json', 'default.jpg', 'canvas', 'manifest'],
  ...['images', 'manifests', 'iiif', 'auth', 'demo', '_root', 'a.tif', 'vitrine', '__proto__', 'constructor'],
  ...[
    "it's (2)",
    'a, b',
    'x=y',
    '@home',
    '$HOME',
    '*',
    '^',
    '{}',
    '[1]',
    '"quoted"',
    '<b>',
    'ends.',
    ' blanks ',
    'a:b',
  ],
  ...['Köln', 'Ko\u0308ln', '地图', '📚', 'a|b', '`a`'],
  ...['100%', '%41', 'a+b', 'a&b=c', 'a#b', 'a?b', 'a;b', '%2F', '%252F', '+'],
];

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: NAMES.flatMap((name) => [`${name}/${name}.tif`, `${name}/1.tif`]) });
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const servicesIn = (text: string): Set<string> =>
  new Set(text.match(/http:\/\/localhost:\d+\/iiif\/(?:3\/)?images\/[^"/]+(?=")/g));

it('the collection names every folder', async () => {
  const { manifests } = (await vitrine.ask('/iiif/manifests/')).json() as { manifests: { label: string }[] };
  expect(manifests.map(({ label }) => label).sort()).toEqual([...NAMES].sort());
});

it.each(NAMES)('%j: every address that its manifests name is answered', async (name) => {
  for (const version of ['', '/3']) {
    const manifest = await vitrine.ask(`/iiif${version}/manifests/${encodeURIComponent(name)}`);
    expect(manifest.status).toBe(200);
    const services = servicesIn(manifest.body);
    expect(services.size).toBeGreaterThanOrEqual(2);
    for (const service of services) {
      const { pathname } = new URL(service);
      const isVersion3 = pathname.startsWith('/iiif/3/');
      expect([pathname, (await vitrine.ask(`${pathname}/info.json`)).status]).toEqual([
        pathname,
        isVersion3 ? 200 : 401,
      ]);
      const tile = await vitrine.tile(`${pathname}/full/100,/0/default.jpg`, { cookie });
      expect([pathname, tile.status]).toEqual([pathname, 200]);
    }
  }
});
