// Rows 41 to 46 and 77 to 80: smaller images for everybody.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  startWithPatterns,
  TIER,
  TIERED,
  tierOf,
  tokenOf,
} from '../../support/patterns.ts';
import type { Vitrine } from '../../support/vitrine.ts';

const [FULL, SMALL] = [
  { width: 6000, height: 4000 },
  { width: 600, height: 400 },
];

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await startWithPatterns();
});
afterAll(() => vitrine.stop());

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
    expect(imagePathOf(three)).toBe(`/iiif/${folder}/a.tif/full/600,400/0/default.jpg`);
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
    ['0,0,60,40/60,40', '0,0,600,400/60,40'],
    ['square/max', '1000,0,4000,4000/400,400'],
    ['pct:50,50,50,50/max', '3000,2000,3000,2000/300,200'],
    ['599,399,1,1/max', '5990,3990,10,10/1,1'],
    ['550,350,9999,9999/max', '5500,3500,500,500/50,50'],
    ['full/!300,300', 'full/300,200'],
  ])('row 45: %s is %s of the full image', async (asked, written) => {
    for (const base of ['/iiif/images/', '/iiif/3/images/']) {
      const answer = await vitrine.tile(`${base}${tierOf('login-tiered')}/${asked}/0/default.jpg`);
      expect(imagePathOf(answer)).toBe(`/iiif/login-tiered/a.tif/${written}/0/default.jpg`);
    }
  });

  it.each(['full/601,', 'full/,401', 'full/6000,4000', 'full/pct:101', '0,0,1,1/2,', 'square/401,', '0,0,10,10/10,11'])(
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
        else expect(finestOf(String(answer.headers['x-image-path']))).toBeLessThanOrEqual(TIER / FULL.width);
      }),
      { numRuns: 300 },
    );
  });

  /** Pixels of the answer for one of the full image, along the side where there are more. */
  function finestOf(serverPath: string): number {
    const [region = '', size = ''] = serverPath.split('/').slice(-4);
    const [, , w, h] = region === 'full' ? [0, 0, FULL.width, FULL.height] : region.split(',').map(Number);
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
    'row 101: %s behind an identifier is none, anywhere',
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
