import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

let folder: string;
const running: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyramids-main-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const limit = { timeout: 15_000, interval: 50 };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts the service as its container does. */
function start(port: number, more: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--max-semi-space-size=1', join(import.meta.dirname, 'main.ts')], {
    env: {
      IMAGE_DIR: folder,
      PYRAMIDS_DIR: folder,
      PYRAMIDS_BIND: '127.0.0.1',
      PYRAMIDS_PORT: String(port),
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
      MALLOC_ARENA_MAX: '2',
      ...more,
    },
  });
  running.push(child);
  const told = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (told.text += String(text)));
  return { child, told, ended: once(child, 'close') as Promise<[code: number | null]> };
}

async function isHealthy(port: number): Promise<void> {
  await vi.waitFor(async () => {
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  }, limit);
}

test('it starts, says where it is, and stops when it is told to', async () => {
  const port = await freePort();
  const { child, told, ended } = start(port);
  await isHealthy(port);
  expect(JSON.parse(told.text.split('\n')[0] ?? '')).toMatchObject({ msg: 'ready', level: 'info', port });
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('idle it takes less than 80 MB, where what node makes of the sources is there already', async () => {
  for (const isSecond of [false, true]) {
    const port = await freePort();
    const { child, ended } = start(port);
    await isHealthy(port);
    const [, kilobytes] = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')) ?? [];
    if (isSecond) expect(Number(kilobytes)).toBeLessThan(80 * 1024);
    child.kill('SIGTERM');
    await ended;
  }
});

test('a wrong setting ends it, with a line for each', async () => {
  const { told, ended } = start(1, { PDF_DPI: 'fine', LOG_LEVEL: 'loud' });
  expect(await ended).toEqual([1, null]);
  expect(told.text.trim().split('\n')).toEqual([
    'The service pyramids cannot start, its configuration is wrong:',
    '  PDF_DPI: "fine": Give a whole number from 36 to 1200.',
    '  LOG_LEVEL: "loud": Write fatal, error, warn, info, debug or trace.',
  ]);
});

test('a port that is taken ends it, in words', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { told, ended } = start(port);
  expect(await ended).toEqual([1, null]);
  expect(JSON.parse(told.text)).toMatchObject({ level: 'fatal', msg: `cannot listen on 127.0.0.1:${port}` });
  server.close();
});
