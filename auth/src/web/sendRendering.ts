import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Rendering } from './rendering.ts';

/** Milliseconds in which a reader takes nothing at all, before the connection is ended. */
const STALLED = 120_000;

/**
 * Sends a document at the pace of its reader, so that nothing is held for a reader but the one chunk that is sent next:
 * compressed to readers that accept it, else unpacked on the way.
 */
export async function sendRendering(request: Request, response: Response, rendering: Rendering): Promise<void> {
  const compressed = request.acceptsEncodings('gzip', 'identity') === 'gzip';
  response.vary('Accept-Encoding');
  if (compressed) response.set('Content-Encoding', 'gzip');
  if (compressed && rendering.whole) response.set('Content-Length', String(rendering.length));
  response.once('close', rendering.join());
  response.setTimeout(STALLED, () => response.destroy());
  const chunks = Readable.from(rendering.read(), { highWaterMark: 1 });
  // It fails where the reader has gone, which is no fault, or the document has: then the connection ends too early.
  await (compressed ? pipeline(chunks, response) : pipeline(chunks, createGunzip(), response)).catch(() => undefined);
}
