import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vitrine } from '../src/cli/vitrine.ts';
import { panelUnderTest } from './support/panel.ts';
import { StubPyramids } from './support/pyramids.ts';
import { tiff } from './support/pictures.ts';

let images: string;
let data: string;
let pyramids: StubPyramids;
let url: string;
beforeAll(async () => {
  images = mkdtempSync(join(tmpdir(), 'vitrine-pictures-'));
  data = mkdtempSync(join(tmpdir(), 'vitrine-pictures-data-'));
  mkdirSync(join(images, 'maps/old'), { recursive: true });
  for (const name of ['maps/a.tif', 'maps/b.tif', 'maps/old/c.tif', 'damaged.tif', 'slow.tif', 'fit.tif'])
    writeFileSync(join(images, name), tiff({ width: 1200, height: 900 }));
  writeFileSync(join(images, 'maps/text.tif'), 'text');
  writeFileSync(join(images, 'maps/scan'), tiff({ width: 1200, height: 900 }));
  pyramids = new StubPyramids(images);
  url = await pyramids.start();
});
afterAll(async () => {
  await pyramids.stop();
  for (const folder of [images, data]) rmSync(folder, { recursive: true });
});
beforeEach(() => {
  pyramids.waiting = {};
});

async function cli(line: string, { isTTY = false, at = url } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const env = { DATA_DIR: data, IMAGE_DIR: images, IMAGE_SERVER: 'iipsrv', PYRAMIDS_URL: at };
  const code = await vitrine(line.split(' '), { env, stdin, stdout, stderr });
  const said = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, out: said(stdout), err: said(stderr) };
}

describe('vitrine pictures', () => {
  it('list: folders with their numbers', async () => {
    pyramids.waiting = { maps: 1 };
    const { code, out } = await cli('pictures list');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['FOLDER', 'PICTURES', 'READY', 'BEING MADE', 'CANNOT BE SERVED'],
      ['.', '3', '3', '0', '0'],
      ['maps', '3', '1', '1', '1'],
      ['maps/old', '1', '1', '0', '0'],
      [''],
    ]);
    expect(new Set(pyramids.asked.map(({ wish }) => wish))).toEqual(new Set(['none']));
  });

  it('list of one folder, as JSON, and the files that cannot be served', async () => {
    const { out } = await cli('pictures list maps/old --json');
    expect(JSON.parse(out)).toEqual([{ folder: 'maps/old', pictures: 1, ready: 1, beingMade: 0, unserved: 0 }]);
    expect((await cli('pictures list maps --unserved')).out).toBe(
      'FILE           WHY         WHAT TO DO\nmaps/text.tif  no picture  make one of it\n',
    );
    expect(await cli('pictures list nowhere')).toMatchObject({ code: 1, err: 'vitrine: There is no folder nowhere\n' });
  });

  it('status: one sentence, the time that is left, and the room', async () => {
    pyramids.waiting = { maps: 2 };
    expect((await cli('pictures status')).out).toBe(
      '7 pictures in 3 folders: 4 ready, 2 being made, 1 cannot be served: maps/text.tif (no picture).\n' +
        '60 seconds left.\nThe pyramids take 2 GB; there is room for 5 MB more.\n',
    );
    expect(JSON.parse((await cli('pictures status --json')).out)).toMatchObject({ pictures: 7, beingMade: 2 });
  });

  it('make: asks for a folder before others, waits, and draws a bar on a terminal', async () => {
    pyramids.waiting = { 'maps/old': 1 };
    pyramids.asked.length = 0;
    setTimeout(() => (pyramids.waiting = {}), 500);
    const { code, err } = await cli('pictures make maps/old', { isTTY: true });
    expect(code).toBe(0);
    expect(pyramids.asked).toEqual([{ path: 'maps/old/c.tif', wish: 'folder' }]);
    expect(err).toContain('[..............................] 0 of 1, 60 seconds left');
    expect(err).toContain('[##############################] 1 of 1\n');
    expect(err.endsWith('1 picture in 1 folder: 1 ready.\n')).toBe(true);
  });

  it('make: tells a log a line now and then, not one a look', async () => {
    pyramids.waiting = { '': 3, maps: 1 };
    setTimeout(() => (pyramids.waiting = { maps: 1 }), 2500);
    setTimeout(() => (pyramids.waiting = {}), 4500);
    const { err } = await cli('pictures make .');
    expect(err.split('\n').slice(0, 3)).toEqual([
      '3 of 7, 60 seconds left',
      '6 of 7, 60 seconds left',
      expect.stringMatching(/^7 pictures in 3 folders: 6 ready/),
    ]);
  });

  it('make: says so where not all can be served; of what is ready already no progress is told', async () => {
    expect(await cli('pictures make .')).toEqual({
      code: 1,
      out: '',
      err:
        '7 pictures in 3 folders: 6 ready, 1 cannot be served: maps/text.tif (no picture).\n' +
        'vitrine: Not all can be served: vitrine pictures list --unserved\n',
    });
  });

  it.each([
    ['maps/a.tif', 0, 'maps/a.tif: 1,200 x 900 pixels; ready, served from a pyramid.\n'],
    ['fit.tif', 0, 'fit.tif: 1,200 x 900 pixels; ready, served as it is.\n'],
    ['slow.tif', 0, 'slow.tif: 1,200 x 900 pixels; its pyramid is being made, which takes longer than 30 seconds.\n'],
    ['damaged.tif', 1, 'vitrine: damaged.tif cannot be served: no pixels. copy it once more\n'],
    ['maps/text.tif', 1, 'vitrine: maps/text.tif cannot be served: no picture. make one of it\n'],
    [
      'maps/scan',
      1,
      'vitrine: maps/scan cannot be served: its name does not end as that of a picture does. if it is one, rename it: .jpg, .tif, or what it is\n',
    ],
    ['maps/old', 1, 'vitrine: There is no picture maps/old in the folder of images.\n'],
    ['maps/none.tif', 1, 'vitrine: There is no picture maps/none.tif in the folder of images.\n'],
  ])('check %s', async (file, code, words) => {
    const answer = await cli(`pictures check ${file}`);
    expect(answer).toEqual({ code, out: code === 0 ? words : '', err: code === 0 ? '' : words });
  });

  it.each(['list', 'status', 'make .', 'check maps/a.tif'])(
    '%s says that the service does not answer',
    async (verb) => {
      const { code, err } = await cli(`pictures ${verb}`, { at: 'http://127.0.0.1:1' });
      expect(code).toBe(1);
      expect(err).toMatch(/^vitrine: (The service pyramids does not answer|Nothing can be said now): /);
    },
  );
});

describe('the panel', () => {
  const all = { pictures: 3, ready: 1, beingMade: 1, unserved: 1 };
  const file = { file: 'maps/a.tif', reason: 'it is damaged', remedy: 'copy it once more' };
  const overview = {
    all,
    folders: [{ folder: 'maps', ...all }],
    unserved: [file],
    secondsLeft: 100,
    taken: 1,
    room: 1,
  };

  async function records(of: string, pictures: Parameters<typeof panelUnderTest>[1]) {
    const panel = panelUnderTest('Museum', pictures);
    const { cookie } = await panel.logIn('root@museum.test', ['admin']);
    const answer = await request(panel.app).get(`/auth/admin/api/resources/${of}/actions/list`).set('Cookie', cookie);
    return (answer.body as { records: { params: object }[] }).records.map(({ params }) => params);
  }

  it('has the numbers of all folders and of each, and the files that cannot be served', async () => {
    expect(await records('pictures', overview)).toMatchObject([
      { folder: 'All folders', ...all, left: '2 minutes' },
      { folder: 'maps', ...all },
    ]);
    expect(await records('unserved', overview)).toMatchObject([file]);
  });

  it('says so where pyramids does not answer', async () => {
    const [row] = await records('pictures', { kind: 'silent', reason: 'no connection' });
    expect(row).toMatchObject({ folder: 'The service pyramids does not answer: no connection' });
  });
});
