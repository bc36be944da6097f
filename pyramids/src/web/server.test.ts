import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { Log } from '../shared/log.ts';
import { serverOf } from './server.ts';
import type { Service } from './service.ts';

const master = { key: 'ab'.repeat(32), path: 'maps/island.tif', state: '1700000000000000000 1700000000000000000 10 7' };
const source = `ab/${'ab'.repeat(31)}-0.tif`;
const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9]);
const status = {
  ready: 1,
  queue: { tile: 0, folder: 2, sweep: 3 },
  making: [],
  bytes: 10,
  room: 20,
  failed: [],
  waiting: {},
  secondsLeft: 40,
  secondsPerMegapixel: 0.02,
};

const stop: (() => void)[] = [];
afterEach(() => {
  for (const one of stop.splice(0)) one();
});

const said = vi.fn();
const log: Log = { info: said, warn: said, error: said, fatal: said };

async function start(service: Partial<Service>) {
  const server = serverOf(service as Service, log);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  type Told = { status: number; headers: IncomingHttpHeaders; bytes: Buffer; json: () => unknown };
  const ask = (method: string, path: string, body?: unknown): Promise<Told> =>
    new Promise((resolve, reject) => {
      const asked = request({ port, method, path }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => {
          const bytes = Buffer.concat(pieces);
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, bytes, json: () => JSON.parse(bytes.toString()) as unknown });
        });
      });
      asked.on('error', reject);
      asked.end(typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body));
    });
  return { ask, port };
}

it('facts of masters, in their order, with the wish', async () => {
  const facts = vi.fn<Service['facts']>().mockResolvedValue([{ kind: 'unsuitable', reason: 'a', remedy: 'b' }]);
  const { ask } = await start({ facts });
  const answer = await ask('POST', '/facts', { masters: [master], wish: 'folder' });
  expect(answer.json()).toEqual({ facts: [{ kind: 'unsuitable', reason: 'a', remedy: 'b' }] });
  expect(facts).toHaveBeenCalledExactlyOnceWith([master], 'folder');
});

it.each([
  ['no JSON', '{'],
  ['no masters', { wish: 'none' }],
  ['an unknown wish', { masters: [], wish: 'now' }],
  ['a path out of the folder', { masters: [{ ...master, path: 'maps/../../etc/passwd' }], wish: 'none' }],
  ['a path from the root', { masters: [{ ...master, path: '/etc/passwd' }], wish: 'none' }],
  ['a path that C reads differently', { masters: [{ ...master, path: 'a.tif\0.txt' }], wish: 'none' }],
  ['a key that is none', { masters: [{ ...master, key: '../x' }], wish: 'none' }],
  ['a state that is none', { masters: [{ ...master, state: 'new' }], wish: 'none' }],
  ['more than it knows', { masters: [], wish: 'none', force: true }],
])('400 in words for %s; nobody is asked', async (_, body) => {
  const facts = vi.fn<Service['facts']>();
  const { ask } = await start({ facts });
  const answer = await ask('POST', '/facts', body);
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ error: 'refused', message: expect.stringMatching(/^The body is not /) });
  expect(facts).not.toHaveBeenCalled();
});

it('413 for more than 8 MB', async () => {
  const { ask } = await start({});
  const answer = await ask('POST', '/facts', ' '.repeat(9_000_000)).catch((error: unknown) => error);
  // The connection may be closed before the answer is read.
  expect(answer).toSatisfy((told) => told instanceof Error || (told as { status: number }).status === 413);
});

it('a page that is asked for: how long to wait, and what became of it', async () => {
  const ready = vi.fn<Service['ready']>().mockResolvedValue({ kind: 'ready', source, native: true });
  const { ask } = await start({ ready });
  const answer = await ask('POST', '/ready', { master, page: 2, seconds: 30 });
  expect(answer.json()).toEqual({ kind: 'ready', source, native: true });
  expect(ready).toHaveBeenCalledExactlyOnceWith(master, 2, expect.objectContaining({ seconds: 30 }));
  expect((await ask('POST', '/ready', { master, page: 2, seconds: 31 })).status).toBe(400);
});

it('nobody waits for an answer that nobody will hear', async () => {
  let wait: AbortSignal | undefined;
  const ready: Service['ready'] = (_master, _page, { signal }) => {
    wait = signal;
    return new Promise(() => undefined);
  };
  const { port } = await start({ ready });
  const asked = request({ port, method: 'POST', path: '/ready' });
  asked.on('error', () => undefined);
  asked.end(JSON.stringify({ master, page: 0, seconds: 30 }));
  await vi.waitFor(() => {
    expect(wait).toBeDefined();
  });
  expect(wait?.aborted).toBe(false);
  asked.destroy();
  await vi.waitFor(() => {
    expect(wait?.aborted).toBe(true);
  });
});

it('a tile: its bytes, their number, and nothing about caching', async () => {
  const tile = vi.fn<Service['tile']>().mockResolvedValue({ kind: 'tile', bytes: picture });
  const { ask } = await start({ tile });
  const answer = await ask('GET', `/tiles/${source}/3/11,4/512,400`);
  expect(answer.status).toBe(200);
  expect(answer.bytes).toEqual(picture);
  const { date: _date, connection: _connection, 'keep-alive': _keptAlive, ...headers } = answer.headers;
  expect(headers).toEqual({ 'content-type': 'image/jpeg', 'content-length': '6' });
  expect(tile).toHaveBeenCalledExactlyOnceWith({ source, level: 3, column: 11, row: 4, width: 512, height: 400 });
});

it.each([
  [404, { kind: 'missing' }],
  [422, { kind: 'not native', reason: 'LZW' }],
  [400, { kind: 'invalid', reason: 'no' }],
  [503, { kind: 'unavailable', reason: 'EIO' }],
] as const)('%d for %j', async (status, tile) => {
  const { ask } = await start({ tile: () => Promise.resolve(tile) });
  expect((await ask('GET', `/tiles/${source}/3/11,4/512,400`)).status).toBe(status);
});

it.each([
  '/tiles/',
  `/tiles/${source}/3/11,4/512,0`,
  `/tiles/${source}/3/11,4/512`,
  `/tiles/${source}/3/11,4/512,400?x`,
  `/tiles/${source}/-1/11,4/512,400`,
  `/tiles/../x/${source}/3/11,4/512,400`,
  `/tiles/${source.toUpperCase()}/3/11,4/512,400`,
  `/tiles/${source.replace('.tif', '.jp2')}/3/11,4/512,400`,
  `/tiles/${source}/3/1e3,4/512,400`,
])('400 for %s', async (address) => {
  const { ask } = await start({});
  expect((await ask('GET', address)).status).toBe(400);
});

it('status and health', async () => {
  const complaint = vi
    .fn<Service['complaint']>()
    .mockResolvedValueOnce(undefined)
    .mockResolvedValueOnce('The disk is gone.');
  const { ask } = await start({ status: () => Promise.resolve(status), complaint });
  expect((await ask('GET', '/status')).json()).toEqual(status);
  expect((await ask('GET', '/health')).status).toBe(200);
  const ill = await ask('GET', '/health');
  expect([ill.status, ill.json()]).toEqual([503, expect.objectContaining({ message: 'The disk is gone.' })]);
});

it.each([
  ['GET', '/', 404],
  ['GET', '/facts', 405],
  ['POST', '/health', 405],
  ['DELETE', '/tiles/x', 405],
  ['GET', '/health?x', 404],
])('%s %s is %d', async (method, path, expected) => {
  const { ask } = await start({});
  expect((await ask(method, path)).status).toBe(expected);
});

it('a bug is 500, is told to the log and not to who asks', async () => {
  said.mockClear();
  const { ask } = await start({ status: () => Promise.reject(new Error('/images/secret.tif is odd')) });
  const answer = await ask('GET', '/status');
  expect(answer.status).toBe(500);
  expect(answer.bytes.toString()).not.toContain('secret');
  expect(said).toHaveBeenCalledOnce();
});
