// nginx's question, for every kind of address: what is sent is only ever what was understood.
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imagePathOf, type Answer } from '../support/ask.ts';
import { jp2 } from '../support/pictures.ts';
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
  'a;b/50%+#1?.tif',
  'atlas/notes.txt',
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
    ['a%3Bb!50%25+%231%3F.tif', '/iiif/a;b/50%+#1?.tif'],
    ['deep!deeper!deepest', '/iiif/deep/deeper/deepest.jp2'],
    ['Fotos%20K%C3%B6ln!Blick%20von%20S%C3%BCd.tif', '/iiif/Fotos Köln/Blick von Süd.tif'],
    ['atlas!cover.jpg', '/iiif/atlas/cover.jpg'],
    ['atlas!stays.tif', '/iiif/atlas/page1.tif'],
  ])('%s has one canonical path', async (identifier, path) => {
    const answer = await as(`/iiif/images/${identifier}/${whole}`);
    expect(answer.status).toBe(200);
    expect(imagePathOf(answer)).toBe(`${path}/0,0,6000,4000/100,67/0/default.jpg`);
    expect(answer.headers['x-image-path']).toMatch(/^\/iiif\/[0-9a-f]{2}\/[0-9a-f]{62}-0\.tif\//);
    expect(answer.headers['x-image-version']).toMatch(/^[0-9a-f]{16}$/);
  });

  it('takes bytes that were not percent-encoded for what they are', async () => {
    const raw = Buffer.from(`/iiif/images/Fotos%20Köln!Blick%20von%20Süd.tif/${whole}`, 'utf8').toString('latin1');
    expect((await as(raw)).status).toBe(200);
  });

  it.each([
    ['full/full/0/default.jpg', undefined],
    ['full/max/0/default.jpg', '0,0,6000,4000/5000,3333/0/default.jpg'],
    ['square/200,/90/gray.jpg', '1000,0,4000,4000/200,200/90/gray.jpg'],
    ['pct:50,50,50,50/!300,300/!180/color.jpg', '3000,2000,3000,2000/300,200/!180/color.jpg'],
    ['5631,3584,512,512/369,/0/default.jpg', '5631,3584,369,416/369,416/0/default.jpg'],
    ['0,0,6000,4000/pct:10/360/bitonal.jpg', '0,0,6000,4000/600,400/0/bitonal.jpg'],
  ])('%s is written in pixels', async (asked, written) => {
    const answer = await as(`/iiif/images/atlas!page1.tif/${asked}`);
    if (written === undefined) expect(statusOf(answer)).toBe(400);
    else expect(imagePathOf(answer)).toBe(`/iiif/atlas/page1.tif/${written}`);
  });

  it.each([
    ['5632,3584,512,512/368,/0/default.jpg', '0/11,7/368,416'],
    ['4096,2048,2048,2048/476,/0/color.jpg', '2/2,1/476,488'],
    ['full/375,250/0/default.jpg', '4/0,0/375,250'],
  ])('%s is a tile as it is stored', async (asked, tile) => {
    expect(imagePathOf(await as(`/iiif/images/atlas!page1.tif/${asked}`))).toBe(`/tiles/atlas/page1.tif/${tile}`);
  });

  it('drops a query', async () => {
    const answer = await as(`/iiif/images/atlas!page1.tif/${whole}?fn=other&IIIF=other.tif/full/max/0/default.jpg`);
    expect(imagePathOf(answer)).toBe('/iiif/atlas/page1.tif/0,0,6000,4000/100,67/0/default.jpg');
  });

  it('has an ETag of its own, which is told to nobody who may not see it', async () => {
    const target = `/iiif/images/atlas!page1.tif/${whole}`;
    const etag = String((await as(target)).headers['x-image-etag']);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect((await vitrine.tile(target)).headers).not.toHaveProperty('x-image-etag');
    expect((await as(`/iiif/images/atlas!page1.tif/full/101,/0/default.jpg`)).headers['x-image-etag']).not.toBe(etag);
  });

  it('has a path of its own for each state of the file', async () => {
    const target = `/iiif/images/atlas!page2.jp2/${whole}`;
    const before = String((await as(target)).headers['x-image-path']);
    utimesSync(join(vitrine.images, 'atlas', 'page2.jp2'), new Date(0), new Date(1_000_000));
    await expect.poll(async () => (await as(target)).headers['x-image-path'], { timeout: 20_000 }).not.toBe(before);
  });

  it('has another version when the file was replaced', async () => {
    const target = `/iiif/images/deep!deeper!deepest.jp2/${whole}`;
    const before = await as(target);
    vitrine.write('deep/deeper/deepest.jp2', jp2({ width: 600, height: 400 }));
    await expect
      .poll(async () => (await as(target)).headers['x-image-version'], { timeout: 20_000 })
      .not.toBe(before.headers['x-image-version']);
  });
});

describe('bad input: the same answer with and without login, and no pyramid is asked for', () => {
  beforeEach(async () => {
    await as(`/iiif/images/atlas!page1.tif/${whole}`);
    vitrine.pyramids.readied.length = 0;
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
    [400, `/iiif/images/atlas!page1.tif%00/${whole}`],
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
    expect(vitrine.pyramids.readied).toEqual([]);
  });

  it.each([
    'atlas!none',
    'none!page1.tif',
    'atlas!page1.tiff',
    'atlas!page1.tif!x',
    'atlas!page1.tif!1',
    'x%252E%252E!page1.tif',
    'atlas%252Fpage1.tif!x',
    'atlas!%2570age1.tif',
    'atlas;x=y!page1.tif',
    'atlas!page1.tif;jsessionid=1',
    'ATLAS!page1.tif',
    'atlas!leaves.tif',
    'leaving!secret.tif',
    'atlas!shown.tif',
    'etc!passwd',
    'atlas!notes.txt',
    'twins!a',
  ])('404 for %s, and 401 before that', async (identifier) => {
    const [known, unknown] = [
      await as(`/iiif/images/${identifier}/${whole}`),
      await vitrine.tile(`/iiif/images/${identifier}/${whole}`),
    ];
    expect(statusOf(known)).toBe(404);
    expect(statusOf(unknown)).toBe(401);
    expect(vitrine.pyramids.readied).toEqual([]);
  });

  it('says that two files have the name', async () => {
    expect(messageOf(await as(`/iiif/images/twins!a/${whole}`))).toContain('a.jp2, a.tif');
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
  it('a damaged file is 500 for users who may see it, 401 for others; pyramids names it', async () => {
    vitrine.write('atlas/damaged.tif');
    for (let time = 0; time < 3; time += 1) {
      expect(statusOf(await as(`/iiif/images/atlas!damaged.tif/${whole}`))).toBe(500);
    }
    expect((await vitrine.tile(`/iiif/images/atlas!damaged.tif/${whole}`)).status).toBe(401);
    expect(vitrine.log.filter((line) => line.includes('atlas/damaged.tif'))).toHaveLength(0);
  });

  it('what is no picture is 404, and the log says what to do', async () => {
    vitrine.write('atlas/text.tif', 'This is a text.');
    vitrine.pyramids.readied.length = 0;
    expect(statusOf(await as(`/iiif/images/atlas!text.tif/${whole}`))).toBe(404);
    expect(vitrine.log.find((line) => line.includes('text.tif'))).toContain('make one of it');
    expect(vitrine.pyramids.readied).toEqual([]);
  });

  it('pyramids that does not answer is 503, and it recovers by itself', async () => {
    vitrine.write('atlas/new.tif');
    vitrine.pyramids.silent = true;
    expect(statusOf(await as(`/iiif/images/atlas!new.tif/${whole}`))).toBe(503);
    vitrine.pyramids.silent = false;
    expect((await as(`/iiif/images/atlas!new.tif/${whole}`)).status).toBe(200);
    // For some seconds what was ready is; nobody is asked.
    vitrine.pyramids.silent = true;
    expect((await as(`/iiif/images/atlas!new.tif/0,0,512,512/512,/0/default.jpg`)).status).toBe(200);
    vitrine.pyramids.silent = false;
  });

  it('a pyramid that is still being made is 503 for those who may see it, and asked for by nobody else', async () => {
    vitrine.write('atlas/slow.tif');
    const target = `/iiif/images/atlas!slow.tif/${whole}`;
    vitrine.pyramids.readied.length = 0;
    expect((await vitrine.tile(target)).status).toBe(401);
    expect(vitrine.pyramids.readied).toEqual([]);
    const answer = await as(target);
    expect([statusOf(answer), answer.headers['retry-after']]).toEqual([503, '5']);
    expect(vitrine.pyramids.readied).toEqual(['atlas/slow.tif 0']);
    expect((await vitrine.ask('/iiif/3/images/atlas!slow.tif/info.json')).status).toBe(200);
  });
});
