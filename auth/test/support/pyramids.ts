import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { Dimensions } from '../../../pyramids/src/shared/dimensions.ts';
import type { Facts, Page } from '../../../pyramids/src/shared/facts.ts';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import type { Header } from '../../../pyramids/src/headers/header.ts';
import { readHeader } from '../../../pyramids/src/headers/read.ts';
import { ByteSource } from '../../../pyramids/src/headers/source.ts';
import type { Master } from '../../src/images/pyramids/client.ts';

/** Of whatever was asked for in this process, by where it lies in the volume: what it is called. */
const named = new Map<string, string>();

/** A path for an image server or for pyramids, with the name of the file in it instead of where its pyramid lies. */
export function withNames(path: string): string {
  return path.replace(/[0-9a-f]{2}[/!][0-9a-f]{62}-\d+\.(?:tif|jp2)/, (source) => {
    return named.get(source.replace('!', '/')) ?? source;
  });
}

/**
 * Stands for the service `pyramids`: reads headers as it does, and every pyramid is there at once. It notes what it was
 * asked. What a file is called decides on the rest: `fit…` is a pyramid itself, with the levels that its header names;
 * `damaged…` has no pixels behind its header; `slow…` takes longer than anybody waits; `meanwhile…` is shown as the JPEG
 * 2000 that it is.
 */
export class StubPyramids {
  /** Paths of files about which it was asked for facts, and with which wish. */
  readonly asked: { readonly path: string; readonly wish: string }[] = [];
  /** Paths of files whose pyramids were asked for, and pages. */
  readonly readied: string[] = [];
  /** While it is true, connections are closed without an answer. */
  silent = false;
  /** Pages that are still to be made, by folder. */
  waiting: Readonly<Record<string, number>> = {};
  /** `IMAGE_DIR`. */
  images: string;
  readonly #server: Server;

  constructor(images = '') {
    this.images = images;
    this.#server = createServer((request, response) => {
      if (this.silent) {
        request.socket.destroy();
        return;
      }
      void this.#answer(request).then((answer) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<object> {
    if (request.url === '/status') return { waiting: this.waiting, failed: [], secondsLeft: 60, bytes: 2e9, room: 5e6 };
    if (request.url === '/ready') return this.#ready((await json(request)) as { master: Master; page: number });
    const { masters, wish } = (await json(request)) as { masters: Master[]; wish: string };
    this.asked.push(...masters.map(({ path }) => ({ path, wish })));
    return { facts: await Promise.all(masters.map(({ path }) => factsOf(join(this.images, path)))) };
  }

  #ready({ master: { key, path }, page }: { master: Master; page: number }): object {
    this.readied.push(`${path} ${page}`);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name.startsWith('damaged')) return { kind: 'failed', reason: 'no pixels', remedy: 'copy it once more' };
    if (name.startsWith('slow')) return { kind: 'making' };
    const meanwhile = name.startsWith('meanwhile');
    const source = `${key.slice(0, 2)}/${key.slice(2)}-${page}.${meanwhile ? 'jp2' : 'tif'}`;
    named.set(source, page === 0 ? path : `${path}!${page + 1}`);
    return { kind: 'ready', source, native: !meanwhile && !name.startsWith('fit') };
  }
}

async function factsOf(file: string): Promise<Facts> {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    return { kind: 'unreadable', reason: 'it is not there', remedy: 'put it there' };
  }
  const reading = await readHeader(new ByteSource(content.length, (at, length) => content.subarray(at, at + length)));
  if (reading.kind === 'unknown') return { kind: 'unsuitable', reason: 'no picture', remedy: 'make one of it' };
  if (reading.kind !== 'header') return { kind: 'unreadable', reason: reading.reason, remedy: 'copy it once more' };
  const { header } = reading;
  if (/\/fit[^/]*$/.test(file) && header.format === 'tiff') return { kind: 'picture', pages: [fit(header)] };
  const pages = sizesOf(header).map((size): Page => ({ ...size, ...pyramidOf(size), form: 'made' }));
  const [first, ...others] = pages;
  return first
    ? { kind: 'picture', pages: [first, ...others] }
    : { kind: 'unsuitable', reason: 'nobody knows how large it is', remedy: 'make one of it' };
}

function fit({ pages: [page] }: Extract<Header, { format: 'tiff' }>): Page {
  if (!page?.tile) throw new Error('it has no tiles');
  const { width, height, tile } = page;
  const levels = [{ width, height }, ...page.levels.map((level) => ({ width: level.width, height: level.height }))];
  return { width, height, form: 'fit', tile, levels, native: page.compression === 7 };
}

function sizesOf(header: Header): Dimensions[] {
  if (header.format === 'heif' || header.format === 'pdf') return [];
  const all = header.format === 'tiff' ? header.pages : [header];
  return all.map(({ width, height }) => ({ width, height }));
}
