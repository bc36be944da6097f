// Rows 41 to 46 and 77 to 80: smaller images for everybody.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { countHeader, imagePathOf } from '../../support/ask.ts';
import { VIEWER } from '../../support/auth1.ts';
import {
  agree,
  askInfo,
  askProbe,
  askTile,
  FOLDERS,
  headersOf,
  image,
  patternsForTests,
  TIERED,
  tierOf,
  tokenOf,
} from '../../support/patterns.ts';
import { tiff } from '../../support/pictures.ts';

const [FULL, SMALL] = [
  { width: 6000, height: 4000 },
  { width: 375, height: 250 }, // the level of the pyramid that is no larger than the tier
];

const vitrine = patternsForTests();

type Described = { '@id': string; id: string; service?: unknown[]; width: number; height: number };

describe.each(TIERED)('Auth 1.0: a tier of %s', (folder) => {
  const base = (): string => `${vitrine.base}/iiif/images`;

  it('row 41: 302 to its description, which any page may follow', async () => {
    const answer = await askInfo(vitrine, 2, image(folder));
    expect([answer.status, answer.headers['location']]).toEqual([302, `${base()}/${tierOf(folder)}/info.json`]);
    expect(countHeader(answer, 'Access-Control-Allow-Origin')).toBe(1);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('row 42: which has an address of its own, and is open', async () => {
    const answer = await askInfo(vitrine, 2, tierOf(folder));
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ '@id': `${base()}/${tierOf(folder)}`, ...SMALL });
  });

  it('row 43: and names the services of the full image', async () => {
    const { service } = (await askInfo(vitrine, 2, tierOf(folder))).json();
    const untiered = folder.replace('-tiered', '') as typeof folder;
    expect(service).toEqual((await askInfo(vitrine, 2, image(untiered))).json()['service']);
  });

  it('row 46: a preflight is not redirected, and a token that helps nothing changes nothing', async () => {
    const headers = {
      origin: VIEWER,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const target = `/iiif/images/${image(folder)}/info.json`;
    expect((await vitrine.ask(target, { method: 'OPTIONS', headers })).status).toBe(204);
    const answer = await vitrine.ask(target, { headers: { ...headersOf({ token: 'a.b.c' }), origin: VIEWER } });
    expect(answer.status).toBe(302);
    expect(new URL(String(answer.headers['location'])).origin).toBe(vitrine.base);
  });

  it('row 45: its pixels are for everybody, in both versions of the Image API', async () => {
    for (const rest of ['full/full/0/default.jpg', 'full/max/0/default.jpg', '0,0,256,256/256,/0/default.jpg']) {
      expect((await askTile(vitrine, tierOf(folder), {}, rest)).status).toBe(200);
    }
    const three = await vitrine.tile(`/iiif/3/images/${tierOf(folder)}/full/max/0/default.jpg`);
    expect(imagePathOf(three)).toBe(`/tiles/${folder}/a.tif/4/0,0/375,250`);
  });
});

describe('Auth 1.0: who may see the full image', () => {
  it('row 44: hears of it, by token', async () => {
    const carried = { token: String(await tokenOf(vitrine, 1, { cookie: await agree(vitrine) })) };
    const answer = await askInfo(vitrine, 2, image('terms-tiered'), carried);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ '@id': `${vitrine.base}/iiif/images/${image('terms-tiered')}`, ...FULL });
  });
});

describe('the pixels of a tier', () => {
  it.each([
    ['0,0,60,40/60,40', '0,0,960,640/60,40'],
    ['square/max', '992,0,4000,4000/250,250'],
    ['pct:50,50,50,50/max', '3008,2000,2992,2000/187,125'],
    ['374,249,1,1/max', '5984,3984,16,16/1,1'],
    ['325,200,9999,9999/max', '5200,3200,800,800/50,50'],
    ['full/!200,200', '0,0,6000,4000/200,133'],
  ])('row 45: %s is %s of the full image', async (asked, written) => {
    for (const base of ['/iiif/images/', '/iiif/3/images/']) {
      const answer = await vitrine.tile(`${base}${tierOf('login-tiered')}/${asked}/0/default.jpg`);
      expect(imagePathOf(answer)).toBe(`/iiif/login-tiered/a.tif/${written}/0/default.jpg`);
    }
  });

  it.each(['full/376,', 'full/,251', 'full/6000,4000', 'full/pct:101', '0,0,1,1/2,', 'square/251,', '0,0,10,10/10,11'])(
    'row 45: %s would be more than there are: 400',
    async (asked) => {
      for (const target of [
        `/iiif/images/${tierOf('login-tiered')}/${asked}`,
        `/iiif/3/images/${tierOf('login-tiered')}/${asked}`,
        `/iiif/3/images/${tierOf('login-tiered')}/${asked.replace('/', '/^')}`,
      ]) {
        const { cookie } = await vitrine.logIn();
        for (const headers of [{}, { cookie }]) {
          const answer = await vitrine.tile(`${target}/0/default.jpg`, headers);
          expect([answer.status, answer.headers['x-deny']]).toEqual([403, '400']);
          expect(String(answer.headers['x-deny-body'])).toContain('never where it is of a tier');
        }
      }
    },
  );

  it('row 45: no request in the grammar gets finer ones than its description says', async () => {
    const side = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 7000 }));
    const percent = fc.integer({ min: 0, max: 200_000 }).map((thousandths) => thousandths / 1000);
    const region = fc.oneof(
      fc.constantFrom('full', 'square'),
      fc.tuple(side, side, side, side).map(String),
      fc.tuple(percent, percent, percent, percent).map((numbers) => `pct:${String(numbers)}`),
    );
    const size = fc.oneof(
      fc.constantFrom('full', 'max', '^max'),
      side.map((w) => `${w},`),
      side.map((h) => `,${h}`),
      fc.tuple(fc.constantFrom('', '!', '^', '^!'), side, side).map(([mark, w, h]) => `${mark}${w},${h}`),
      percent.map((n) => `pct:${n}`),
    );
    const prefix = fc.constantFrom('/iiif/images/', '/iiif/3/images/');
    await fc.assert(
      fc.asyncProperty(prefix, region, size, async (base, where, howLarge) => {
        const answer = await vitrine.tile(`${base}${tierOf('login-tiered')}/${where}/${howLarge}/0/default.jpg`);
        if (answer.status !== 200) expect(answer.headers['x-deny']).toBe('400');
        else if (imagePathOf(answer) !== '/tiles/login-tiered/a.tif/4/0,0/375,250')
          expect(finestOf(String(answer.headers['x-image-path']))).toBeLessThanOrEqual(SMALL.width / FULL.width);
      }),
      { numRuns: 300 },
    );
  });

  /** Pixels of the answer for one of the full image, along the side where there are more. */
  function finestOf(serverPath: string): number {
    const [region = '', size = ''] = serverPath.split('/').slice(-4);
    const [, , w, h] = region.split(',').map(Number);
    const [width = NaN, height = NaN] = size.split(',').map(Number);
    return Math.max(width / (w ?? NaN), height / (h ?? NaN));
  }

  it('its descriptions claim no enlarging', async () => {
    const two = JSON.stringify((await askInfo(vitrine, 2, tierOf('login-tiered'))).json());
    const three = JSON.stringify((await askInfo(vitrine, 3, tierOf('login-tiered'))).json());
    expect(two).not.toContain('sizeAboveFull');
    expect(three).not.toContain('sizeUpscaling');
    expect(JSON.stringify((await askInfo(vitrine, 2, image('login'))).json())).toContain('sizeAboveFull');
    expect(JSON.stringify((await askInfo(vitrine, 3, image('login'))).json())).toContain('sizeUpscaling');
  });
});

describe('a tier of a file without a level for it', () => {
  const flat = 'login-tiered!fit-flat.tif!!600';
  beforeAll(() => {
    vitrine.write('login-tiered/fit-flat.tif', tiff({ levels: [] }));
  });

  it('is one picture, and says so: level 0, one size, no tiles', async () => {
    const [two, three] = [(await askInfo(vitrine, 2, flat)).json(), (await askInfo(vitrine, 3, flat)).json()];
    for (const info of [two, three]) {
      expect(info).toMatchObject({ width: 600, height: 400, sizes: [{ width: 600, height: 400 }] });
      expect(info).not.toHaveProperty('tiles');
    }
    expect((two['profile'] as unknown[])[0]).toBe('http://iiif.io/api/image/2/level0.json');
    expect(three['profile']).toBe('level0');
  });

  it.each(['full/full', 'full/max', 'full/600,', 'full/,400', 'full/600,400', 'full/!600,600', '0,0,600,400/600,400'])(
    'row 45: %s is that picture',
    async (asked) => {
      const answer = await askTile(vitrine, flat, {}, `${asked}/0/default.jpg`);
      expect(imagePathOf(answer)).toBe('/iiif/login-tiered/fit-flat.tif/full/600,400/0/default.jpg');
    },
  );

  it.each([
    'full/599,',
    'full/300,',
    'full/!200,200',
    '0,0,599,400/max',
    'square/max',
    '1,0,600,400/max',
    'full/600,399',
  ])('row 45: %s would be other pixels of the full image: 400, in words', async (asked) => {
    const answer = await askTile(vitrine, flat, {}, `${asked}/0/default.jpg`);
    expect([answer.status, answer.headers['x-deny']]).toEqual([403, '400']);
    expect(String(answer.headers['x-deny-body'])).toContain('the whole picture, 600,400, only');
  });
});

describe('what is no tier', () => {
  it('another number of pixels, and the tier of a folder without one, are 404 to everybody', async () => {
    const { cookie } = await vitrine.logIn();
    const wrong = [`${image('login-tiered')}!!599`, `${image('login-tiered')}!!6000`, `${image('login')}!!600`];
    const none = FOLDERS.filter((folder) => !TIERED.includes(folder)).map(tierOf);
    for (const identifier of [...wrong, ...none, 'login-tiered!none.tif!!600']) {
      for (const carried of [{}, { cookie }]) {
        const tile = await askTile(vitrine, identifier, carried);
        expect([tile.status, tile.headers['x-deny'], identifier]).toEqual([403, '404', identifier]);
        expect((await askInfo(vitrine, 2, identifier, carried)).status).toBe(404);
        expect((await askInfo(vitrine, 3, identifier, carried)).status).toBe(404);
      }
    }
  });

  it.each(['!!', '!!6', '!!600!!600', '!!6e2', '!!+600', '!!600000', '%21%21600', '!!-600', '!!600.0'])(
    'row 101: %s behind an identifier is no tier, anywhere',
    async (mark) => {
      const identifier = image('login-tiered') + mark;
      expect((await askTile(vitrine, identifier)).status).not.toBe(200);
      for (const version of [2, 3] as const) {
        expect([400, 404]).toContain((await askInfo(vitrine, version, identifier)).status);
      }
      expect([400, 404]).toContain((await askProbe(vitrine, identifier)).json()['status']);
    },
  );
});

describe.each(TIERED)('Flow 2.0: a tier of %s', (folder) => {
  it('rows 77, 78, 79 and 80: the probe offers it meanwhile, and it is what it says', async () => {
    const probe = (await askProbe(vitrine, image(folder))).json();
    const id = `${vitrine.base}/iiif/3/images/${tierOf(folder)}`;
    expect(probe['status']).toBe(folder === 'never-tiered' ? 403 : 401);
    expect(probe['substitute']).toEqual([{ id, type: 'ImageService3' }]);
    expect(probe).not.toHaveProperty('location');

    const answer = await askInfo(vitrine, 3, tierOf(folder));
    const info = answer.json() as Described;
    expect(answer.status).toBe(200);
    expect(info).toMatchObject({ id, type: 'ImageService3', ...SMALL });
    const probes = (info.service ?? []) as { id: string }[];
    expect(probes.map((one) => one.id)).toEqual([`${vitrine.base}/auth/iiif/2/probe/${tierOf(folder)}`]);
    const ownProbe = await askProbe(vitrine, tierOf(folder));
    expect(ownProbe.json()).toEqual({ '@context': expect.any(String), type: 'AuthProbeResult2', status: 200 });
  });

  it('row 55: the full description stays readable', async () => {
    expect((await askInfo(vitrine, 3, image(folder))).json()).toMatchObject(FULL);
  });
});

describe('Flow 2.0: who may see the full image', () => {
  it('row 80: is offered no substitute', async () => {
    const token = String(await tokenOf(vitrine, 2, { cookie: await agree(vitrine) }));
    const probe = (await askProbe(vitrine, image('terms-tiered'), { token })).json();
    expect(probe).toEqual({ '@context': expect.any(String), type: 'AuthProbeResult2', status: 200 });
  });
});
