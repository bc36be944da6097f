// nginx's question, for every kind of address; the image server is only ever asked for what was understood.
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imagePathOf, type Answer } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const FILES = [
  'atlas/page1.tif',
  'atlas/page2.jp2',
  'Fotos Köln/Blick von Süd.tif',
  'deep/deeper/deepest.jp2',
  'twins/a.tif',
  'twins/a.jp2',
  'root.tif',
  'atlas/cover.jpg',
  '.hidden/h.tif',
  'a;b/c.tif',
];

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: FILES });
  cookie = (await vitrine.logIn()).cookie;
  const outside = join(vitrine.directory, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.tif'), '');
  symlinkSync(join(outside, 'secret.tif'), join(vitrine.images, 'atlas', 'leaves.tif'));
  symlinkSync(outside, join(vitrine.images, 'leaving'));
  symlinkSync(join(vitrine.images, 'atlas', 'page1.tif'), join(vitrine.images, 'atlas', 'stays.tif'));
  symlinkSync(join(vitrine.images, '.hidden', 'h.tif'), join(vitrine.images, 'atlas', 'shown.tif'));
});
afterAll(() => vitrine.stop());

const whole = 'full/100,/0/default.jpg';
const as = (target: string): Promise<Answer> => vitrine.tile(target, { cookie });
/** The status that nginx answers with. */
const statusOf = (answer: Answer): number => (answer.status === 403 ? Number(answer.headers['x-deny']) : answer.status);
const messageOf = (answer: Answer): string =>
  (JSON.parse(String(answer.headers['x-deny-body'])) as { message: string }).message;

describe('an image that may be seen', () => {
  it.each([
    ['atlas!page1.tif', '/iiif/atlas/page1.tif'],
    ['atlas%2Fpage1.tif', '/iiif/atlas/page1.tif'],
    ['atlas%21page1', '/iiif/atlas/page1.tif'],
    ['root', '/iiif/root.tif'],
    ['deep!deeper!deepest', '/iiif/deep/deeper/deepest.jp2'],
    [
      'Fotos%20K%C3%B6ln!Blick%20von%20S%C3%BCd.tif',
      '/iiif/Fotos%2520K%25C3%25B6ln/Blick%2520von%2520S%25C3%25BCd.tif',
    ],
    ['atlas!stays.tif', '/iiif/atlas/page1.tif'],
  ])('%s has one canonical path', async (identifier, path) => {
    const answer = await as(`/iiif/images/${identifier}/${whole}`);
    expect(answer.status).toBe(200);
    expect(imagePathOf(answer)).toBe(`${path}/full/100,67/0/default.jpg`);
    expect(answer.headers['x-image-version']).toMatch(/^[0-9a-f]{16}$/);
  });

  it('takes bytes that were not percent-encoded for what they are', async () => {
    const raw = Buffer.from(`/iiif/images/Fotos%20Köln!Blick%20von%20Süd.tif/${whole}`, 'utf8').toString('latin1');
    expect((await as(raw)).status).toBe(200);
  });

  it.each([
    ['full/full/0/default.jpg', undefined],
    ['full/max/0/default.jpg', 'full/5000,3333/0/default.jpg'],
    ['square/200,/90/gray.jpg', '1000,0,4000,4000/200,200/90/gray.jpg'],
    ['pct:50,50,50,50/!300,300/!180/color.jpg', '3000,2000,3000,2000/300,200/!180/color.jpg'],
    ['5632,3584,512,512/368,/0/default.jpg', '5632,3584,368,416/368,416/0/default.jpg'],
    ['0,0,6000,4000/pct:10/360/bitonal.jpg', 'full/600,400/0/bitonal.jpg'],
  ])('%s is written in pixels', async (asked, written) => {
    const answer = await as(`/iiif/images/atlas!page1.tif/${asked}`);
    if (written === undefined) expect(statusOf(answer)).toBe(400);
    else expect(imagePathOf(answer)).toBe(`/iiif/atlas/page1.tif/${written}`);
  });

  it('drops a query', async () => {
    const answer = await as(`/iiif/images/atlas!page1.tif/${whole}?fn=other&IIIF=other.tif/full/max/0/default.jpg`);
    expect(imagePathOf(answer)).toBe('/iiif/atlas/page1.tif/full/100,67/0/default.jpg');
  });

  it('row 105: is 304 for who has it already, as long as he may see it', async () => {
    const target = `/iiif/images/atlas!page1.tif/${whole}`;
    const etag = String((await as(target)).headers['x-image-etag']);
    expect(statusOf(await vitrine.tile(target, { cookie, 'if-none-match': etag }))).toBe(304);
    expect(statusOf(await vitrine.tile(target, { cookie, 'if-none-match': `W/${etag}, "x"` }))).toBe(304);
    expect((await vitrine.tile(target, { 'if-none-match': etag })).status).toBe(401);
    expect((await as(`/iiif/images/atlas!page1.tif/full/101,/0/default.jpg`)).headers['x-image-etag']).not.toBe(etag);
  });

  it('has a path of its own for each state of the file, because iipsrv believes its cache', async () => {
    const target = `/iiif/images/atlas!page2.jp2/${whole}`;
    const before = String((await as(target)).headers['x-image-path']);
    expect(before).toMatch(/^\/iiif\/(\.?%252F)+atlas\/page2\.jp2\//);
    utimesSync(join(vitrine.images, 'atlas', 'page2.jp2'), new Date(0), new Date(1_000_000));
    await expect.poll(async () => (await as(target)).headers['x-image-path'], { timeout: 5000 }).not.toBe(before);
  });

  it('has another version when the file was replaced', async () => {
    const target = `/iiif/images/deep!deeper!deepest.jp2/${whole}`;
    const before = await as(target);
    vitrine.write('deep/deeper/deepest.jp2', 'longer now');
    await expect
      .poll(async () => (await as(target)).headers['x-image-version'], { timeout: 5000 })
      .not.toBe(before.headers['x-image-version']);
  });
});

describe('bad input: the same answer with and without login, and the image server is never asked', () => {
  beforeEach(async () => {
    await as(`/iiif/images/atlas!page1.tif/${whole}`);
    vitrine.imageServer.asked.length = 0;
  });

  it.each([
    [400, '/iiif/images/'],
    [400, '/iiif/images/atlas!page1.tif/full/100,/0'],
    [404, `/iiif/3/images/atlas/page1.tif/${whole}`],
    [400, `/iiif/images/atlas!page1.tif/full/100,/0/default.gif`],
    [400, `/iiif/images/atlas!page1.tif/full/100,/0/default.png`],
    [400, `/iiif/images/atlas!page1.tif/full/100,/45/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/full/100,/0/default.jpg&FIF=other.tif&WID=99&CVT=jpeg`],
    [400, `/iiif/images/atlas!page1.tif/full/100,/0/default.jpg%26FIF=other.tif`],
    [400, `/iiif/images/atlas!page1.tif/9000,9000,10,10/max/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/0,0,0,10/max/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/pct:200,200,1,1/max/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/full/0,/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/full/30000,30000/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/full/30000,/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/full/pct:400/0/default.jpg`],
    [400, `/iiif/images/atlas!page1.tif/0,0,1,1/20000,20000/0/default.jpg`],
    [400, `/iiif/images/..!secret/${whole}`],
    [400, `/iiif/images/..%2Fsecret/${whole}`],
    [400, `/iiif/images/%2e%2e%2fsecret/${whole}`],
    [400, `/iiif/images/%252E%252E/${whole}`],
    [400, `/iiif/images/atlas%252Fpage1.tif/${whole}`],
    [400, `/iiif/images/atlas%2521page1.tif/${whole}`],
    [400, `/iiif/images/%2561tlas!page1.tif/${whole}`],
    [400, `/iiif/images/atlas!page1.tif%00/${whole}`],
    [400, `/iiif/images/atlas;x=y!page1.tif/${whole}`],
    [400, `/iiif/images/a;b!c.tif/${whole}`],
    [400, `/iiif/images/atlas!page1.tif;jsessionid=1/${whole}`],
    [400, `/iiif/images/atlas%5Cpage1.tif/${whole}`],
    [400, `/iiif/images/atlas\\page1.tif/${whole}`],
    [400, `/iiif/images/.hidden!h.tif/${whole}`],
    [400, `/iiif/images/.!atlas!page1.tif/${whole}`],
    [400, `/iiif/images/!atlas!page1.tif/${whole}`],
    [400, `/iiif/images/atlas!!page1.tif/${whole}`],
    [400, `/iiif/images/atlas!page1.tif!/${whole}`],
    [400, `/iiif/images/atlas%ZZ/${whole}`],
    [400, `/iiif/images/atlas%C0%AFpage1.tif/${whole}`],
    [400, `/iiif/images/%ff/${whole}`],
    [400, `/iiif//images/atlas!page1.tif/${whole}`],
    [400, `/x/../iiif/images/atlas!page1.tif/${whole}`],
    [404, `/iiif/images/x/../atlas!page1.tif/${whole}`],
    [400, `http://evil.example/iiif/images/atlas!page1.tif/${whole}`],
    [400, `/IIIF/images/atlas!page1.tif/${whole}`],
    [400, `/digilib/Scaler?fn=atlas/page1&mo=rawfile`],
    [400, `*`],
  ])('%i for %s', async (status, target) => {
    const [known, unknown] = [await as(target), await vitrine.tile(target)];
    expect(statusOf(known)).toBe(status);
    expect(statusOf(unknown)).toBe(status);
    expect(messageOf(known)).toMatch(/\w+.*\.$/);
    expect(vitrine.imageServer.asked).toEqual([]);
  });

  it.each([
    'none.tif',
    'atlas!none',
    'none!page1.tif',
    'atlas',
    'atlas!page1.tiff',
    'atlas!page1.tif!x',
    'ATLAS!page1.tif',
    'atlas!leaves.tif',
    'leaving!secret.tif',
    'atlas!shown.tif',
    'etc!passwd',
    'atlas!cover.jpg',
    'twins!a',
  ])('404 for %s, and 401 before that', async (identifier) => {
    const [known, unknown] = [
      await as(`/iiif/images/${identifier}/${whole}`),
      await vitrine.tile(`/iiif/images/${identifier}/${whole}`),
    ];
    expect(statusOf(known)).toBe(404);
    expect(statusOf(unknown)).toBe(401);
    expect(vitrine.imageServer.asked).toEqual([]);
  });

  it('says that two files have the name, and that a kind is not read', async () => {
    expect(messageOf(await as(`/iiif/images/twins!a/${whole}`))).toContain('a.jp2, a.tif');
    expect(messageOf(await as(`/iiif/images/atlas!cover.jpg/${whole}`))).toContain('does not read files of this kind');
  });

  it('names the limit that a size is over', async () => {
    expect(messageOf(await as('/iiif/images/atlas!page1.tif/full/30000,30000/0/default.jpg'))).toContain(
      'maxWidth 5000',
    );
  });

  it('is 500 without X-Original-URI: that was not nginx', async () => {
    expect((await vitrine.ask('/auth/query_auth', { headers: { cookie } })).status).toBe(500);
  });
});

describe('files that cannot be shown', () => {
  it('a damaged file is 500 for who may see it, 401 for others, and the log names it once', async () => {
    vitrine.write('atlas/damaged.tif');
    for (let time = 0; time < 3; time += 1) {
      expect(statusOf(await as(`/iiif/images/atlas!damaged.tif/${whole}`))).toBe(500);
    }
    expect((await vitrine.tile(`/iiif/images/atlas!damaged.tif/${whole}`)).status).toBe(401);
    expect(vitrine.log.filter((line) => line.includes('atlas/damaged.tif'))).toHaveLength(1);
  });

  it('an untiled TIFF is 404, and the log says what to do', async () => {
    vitrine.write('atlas/untiled.tif');
    expect(statusOf(await as(`/iiif/images/atlas!untiled.tif/${whole}`))).toBe(404);
    expect(vitrine.log.find((line) => line.includes('untiled.tif'))).toContain('vips tiffsave');
  });

  it('an image server that does not answer is 503, and it recovers by itself', async () => {
    vitrine.write('atlas/new.tif');
    vitrine.imageServer.silent = true;
    expect(statusOf(await as(`/iiif/images/atlas!new.tif/${whole}`))).toBe(503);
    vitrine.imageServer.silent = false;
    expect((await as(`/iiif/images/atlas!new.tif/${whole}`)).status).toBe(200);
  });
});

describe('digilib', () => {
  let digilib: Vitrine;
  let session: string;
  beforeAll(async () => {
    digilib = await Vitrine.start({ files: FILES, env: { IMAGE_SERVER: 'digilib' } });
    session = (await digilib.logIn()).cookie;
  });
  afterAll(() => digilib.stop());

  it.each([
    ['atlas!page1', '/digilib/Scaler/vitrine-images/atlas!page1.tif/full/100,67/0/default.jpg'],
    ['atlas!cover.jpg', '/digilib/Scaler/vitrine-images/atlas!cover.jpg/full/100,67/0/default.jpg'],
    [
      'Fotos%20K%C3%B6ln!Blick%20von%20S%C3%BCd',
      '/digilib/Scaler/vitrine-images/Fotos%20K%C3%B6ln!Blick%20von%20S%C3%BCd.tif/full/100,67/0/default.jpg',
    ],
  ])('%s has one canonical path', async (identifier, path) => {
    const answer = await digilib.tile(`/iiif/images/${identifier}/${whole}`, { cookie: session });
    expect(imagePathOf(answer)).toBe(path);
  });

  it('has the same info.json as iipsrv', async () => {
    const identifier = '/iiif/images/atlas!page1.tif/info.json';
    const [one, other] = [await digilib.ask(identifier), await vitrine.ask(identifier)];
    expect(one.body.replaceAll(digilib.base, '')).toBe(other.body.replaceAll(vitrine.base, ''));
  });
});
