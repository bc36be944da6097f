import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import type { Log } from './shared/log.ts';
import { stateOf, type Master } from './shared/master.ts';

let config: Config;
let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'pyramids-app-'));
  for (const name of ['images', 'pyramids']) mkdirSync(join(top, name));
  config = {
    listen: { address: '127.0.0.1', port: 0 },
    images: join(top, 'images'),
    pyramids: join(top, 'pyramids'),
    size: undefined,
    imageServer: 'iipsrv',
    quality: 87,
    dotsPerInch: 200,
    maxPixels: 1_000_000_000,
    logLevel: 'info',
  };
});
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(top, { recursive: true });
});

const warn = vi.fn<Log['warn']>();

async function start(more: Partial<Config> = {}) {
  warn.mockClear();
  const app = await createApp({ ...config, ...more }, { info: vi.fn(), warn, error: vi.fn(), fatal: vi.fn() });
  stops.push(app.stop);
  return app.service;
}

let keys = 0;
function master(path: string): Master {
  const state = stateOf(statSync(join(config.images, path), { bigint: true }));
  return { key: String((keys += 1)).padStart(64, '0'), path, state };
}

/** A picture of 700 x 600 pixels. */
function photo(path: string): Master {
  const whole = join(config.images, path);
  execFileSync('vips', ['black', `${whole}.v`, '700', '600', '--bands', '3']);
  execFileSync('vips', ['pngsave', `${whole}.v`, whole]);
  rmSync(`${whole}.v`);
  return master(path);
}

const patience = { seconds: 30, signal: new AbortController().signal };

test('a picture is found, made for whoever looks at it, and its tiles are there', async () => {
  const service = await start();
  const picture = photo('a.png');
  const [facts] = await service.facts([picture], 'none');
  expect(facts).toMatchObject({ kind: 'picture', pages: [{ width: 700, height: 600, form: 'made' }] });
  const ready = await service.ready(picture, 0, patience);
  const source = ready.kind === 'ready' ? ready.source : '';
  expect(ready).toEqual({ kind: 'ready', native: true, source: expect.stringMatching(/^00\/0+\d-0\.tif$/) });
  const tile = await service.tile({ source, level: 0, column: 1, row: 1, width: 188, height: 88 });
  expect(tile).toMatchObject({ kind: 'tile' });
  expect(await service.status()).toMatchObject({ ready: 1, making: [], failed: [] });
});

test('a folder that is looked at is made ahead; what cannot be is named once', async () => {
  const service = await start();
  const pictures = [photo('a.png'), photo('b.png')];
  const broken = photo('broken.png');
  truncateSync(join(config.images, 'broken.png'), 300);
  const cut = { ...broken, state: master('broken.png').state };
  for (const _ of [1, 2]) await service.facts([...pictures, cut], 'folder');
  await vi.waitFor(
    async () => {
      expect(await service.status()).toMatchObject({ ready: 2, queue: { tile: 0, folder: 0, sweep: 0 }, making: [] });
    },
    { timeout: 15_000, interval: 50 },
  );
  expect((await service.status()).failed).toMatchObject([{ path: 'broken.png', page: 0 }]);
  expect(warn.mock.calls.map(([, message]) => message)).toEqual([
    expect.stringMatching(/^broken\.png cannot be served: it is damaged/),
  ]);
});

test('where nothing may be made nothing is, and it is said so', async () => {
  const service = await start({ size: 0 });
  const picture = photo('a.png');
  const why = { reason: expect.stringContaining('PYRAMIDS_SIZE'), remedy: expect.stringContaining('PYRAMIDS_SIZE') };
  expect(await service.facts([picture], 'folder')).toEqual([{ kind: 'unsuitable', ...why }]);
  expect(await service.ready(picture, 0, patience)).toEqual({ kind: 'failed', ...why });
  expect(await service.status()).toMatchObject({ ready: 0, room: 0 });
});

test('IMAGE_DIR may be a link', async () => {
  execFileSync('ln', ['-s', config.images, join(top, 'link')]);
  const service = await start({ images: join(top, 'link') });
  expect(await service.ready(photo('a.png'), 0, patience)).toMatchObject({ kind: 'ready' });
});

test('stopped, it leaves nothing half made', async () => {
  const service = await start();
  const waiting = service.ready(photo('a.png'), 0, patience);
  await stops.pop()?.();
  expect(['ready', 'unavailable']).toContain((await waiting).kind);
  expect(existsSync(join(config.pyramids, '.making'))).toBe(true);
  expect(execFileSync('find', [join(config.pyramids, '.making'), '-type', 'f']).toString()).toBe('');
});
