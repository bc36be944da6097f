import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { Rendering } from './rendering.ts';

/** What a document is made of. */
export type Source = {
  /** Another one when the document would be another; the same for no two. */
  readonly etag: string;
  readonly pieces: () => Iterable<string>;
  /** Whether it takes long. */
  readonly large: boolean;
};

/** Bytes of all documents that are kept. */
const KEPT = 48 * 1024 * 1024;
const OVERHEAD = 1000;
/** Documents are the same words again and again: the fastest level leaves a twentieth of them, and costs a third of the usual one. */
const COMPRESSION = { level: 1, chunkSize: 64 * 1024 };

/**
 * Documents as they are sent: written once for all who ask meanwhile, and kept until they would read otherwise. Tiles
 * have the first claim: whatever waits is done between two pieces, compression is another thread's, and large documents
 * are written one at a time.
 */
export class Renderings {
  readonly #kept = new LRUCache<string, Rendering>({
    maxSize: KEPT,
    sizeCalculation: ({ length }) => length + OVERHEAD,
  });
  readonly #underWay = new Map<string, Rendering>();
  readonly #large = pLimit(1);
  readonly #failed: (error: unknown) => void;

  /** `failed` is told what went wrong; the readers' connections end early then. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** The document as `source` says that it is now. The caller joins it before anything else happens. */
  of(source: Source): Rendering {
    const { etag, large } = source;
    const known = this.#underWay.get(etag) ?? this.#kept.get(etag);
    if (known && !known.failed) return known;
    const rendering = new Rendering();
    this.#underWay.set(etag, rendering);
    const write = (): Promise<void> => this.#write(rendering, source);
    void (large ? this.#large(write) : write());
    return rendering;
  }

  async #write(rendering: Rendering, { etag, pieces }: Source): Promise<void> {
    try {
      await othersFirst(); // until who asked has joined
      if (!rendering.wanted) {
        rendering.fail(); // who waited has gone
        return;
      }
      const unhurried = Readable.from(oneByOne(pieces()), { highWaterMark: 1 });
      await pipeline(unhurried, createGzip(COMPRESSION), (compressed: AsyncIterable<Buffer>) =>
        rendering.fill(compressed),
      );
      this.#kept.set(etag, rendering);
    } catch (error) {
      rendering.fail();
      this.#failed(error);
    } finally {
      if (this.#underWay.get(etag) === rendering) this.#underWay.delete(etag);
    }
  }
}

async function* oneByOne(pieces: Iterable<string>): AsyncGenerator<string, void> {
  for (const piece of pieces) {
    yield piece;
    await othersFirst();
  }
}
