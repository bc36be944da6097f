import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The start of a JPEG: as much of a picture as auth looks at. */
const PICTURE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);

/**
 * An image server that answers as iipsrv 1.1 was seen to answer, by the name of the file; it notes what it was asked.
 * Files called `damaged…` have a size and no pixels, `untiled…` are TIFFs without tiles, `broken…` are nothing,
 * `deadly…` close the connection, `unlucky…` meet a process that dies when they are first asked for.
 */
export class StubImageServer {
  readonly asked: string[] = [];
  /** While it is true, connections are closed without an answer. */
  silent = false;
  readonly #unlucky = new Set<string>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '';
      this.asked.push(path);
      const decoded = decodeURIComponent(decodeURIComponent(path));
      if (this.silent || decoded.includes('deadly')) {
        request.socket.destroy();
      } else if (decoded.includes('unlucky') && !this.#unlucky.has(path)) {
        this.#unlucky.add(path);
        response.writeHead(500).end();
      } else if (decoded.includes('untiled')) {
        response.writeHead(404).end('TIFF image is not tiled');
      } else if (decoded.includes('broken')) {
        response.writeHead(404).end('/images/x is neither a file nor part of an image sequence');
      } else if (decoded.endsWith('/info.json')) {
        response.writeHead(200, { 'Content-Type': 'application/ld+json' });
        response.end(JSON.stringify({ '@id': 'http://inner/', width: 6000, height: 4000, tiles: [] }));
      } else if (decoded.includes('damaged')) {
        response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end('Error: unable to decode');
      } else {
        response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(PICTURE);
      }
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
}
