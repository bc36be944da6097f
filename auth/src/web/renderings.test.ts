import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import * as presentation3 from '../iiif/presentation3/documents.ts';
import { overviewOf } from '../iiif/overview.ts';
import { textsFor } from '../iiif/texts.ts';
import { piecesOf, TOGETHER } from '../iiif/written.ts';
import type { Rendering } from './rendering.ts';
import { Renderings } from './renderings.ts';

const IMAGES = 20_000;
const READERS = 5;
const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };

function largeManifest() {
  const accessMethod = { kind: 'login', tier: undefined } as const;
  const images = Array.from({ length: IMAGES }, (_, page) => ({
    path: ['atlas', `page${page}.tif`],
    width: 6000,
    height: 4000,
    accessMethod,
  }));
  return presentation3.manifest({
    publicUrl: 'https://img.example.org',
    path: ['atlas'],
    label: 'an [] atlas',
    attribution: 'Example Library',
    images,
    overview: overviewOf(images),
    texts: textsFor('Example Library'),
    limits,
    access: undefined,
  });
}

function started() {
  const failed = vi.fn();
  return { failed, renderings: new Renderings(failed) };
}

async function read(rendering: Rendering): Promise<string> {
  rendering.join();
  const chunks: Buffer[] = [];
  for await (const chunk of rendering.read()) chunks.push(chunk);
  return gunzipSync(Buffer.concat(chunks)).toString();
}

describe('a document', () => {
  it(`of ${IMAGES} images: whatever waits is done between its pieces, and many readers cost what one does`, async () => {
    const { renderings, failed } = started();
    const pieces = vi.fn(function* () {
      for (const piece of piecesOf(largeManifest())) {
        expect(piece.length).toBeLessThan(TOGETHER * 2000 + 10_000);
        yield piece;
      }
    });
    const source = { etag: '1', large: true, pieces };
    let [turns, writing] = [0, true];
    const others = (async () => {
      for (; writing; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    })();
    const slow = renderings.of(source);
    slow.join();
    const texts = await Promise.all(Array.from({ length: READERS }, () => read(renderings.of(source))));
    writing = false;
    await others;
    expect(turns).toBeGreaterThanOrEqual(IMAGES / TOGETHER);
    expect(pieces).toHaveBeenCalledTimes(1);
    expect(failed).not.toHaveBeenCalled();
    expect(new Set(texts).size).toBe(1);
    const document = JSON.parse(texts[0] ?? '') as { items: { id: string }[]; label: object };
    expect(document.items).toHaveLength(IMAGES);
    expect(document.items.at(-1)?.id).toBe('https://img.example.org/iiif/3/manifests/atlas/canvas/page19999.tif');
    expect(document).toMatchObject({ label: { none: ['an [] atlas'] } });
    // Who has not begun to read holds nothing but what is kept anyway, and gets the same.
    expect(slow.whole).toBe(true);
    expect(slow.length).toBeLessThan(Buffer.byteLength(texts[0] ?? '') / 12);
    expect(renderings.of(source)).toBe(slow);
    expect(await read(slow)).toBe(texts[0]);
  });

  it('that nobody waits for any more when its turn comes is not written; it is for the next reader', async () => {
    const { renderings } = started();
    const first = renderings.of({ etag: '1', large: true, pieces: () => piecesOf(largeManifest()) });
    first.join();
    const pieces = vi.fn(() => ['{}']);
    const leave = renderings.of({ etag: '2', large: true, pieces }).join();
    leave();
    await read(first);
    const third = renderings.of({ etag: '3', large: true, pieces: () => ['[]'] });
    expect(await read(third)).toBe('[]');
    expect(pieces).not.toHaveBeenCalled();
    expect(await read(renderings.of({ etag: '2', large: true, pieces }))).toBe('{}');
  });

  it('that cannot be written fails for all who wait for it, is told once, and is tried again', async () => {
    const { renderings, failed } = started();
    let works = false;
    const pieces = function* () {
      yield '{"half":';
      if (!works) throw new Error('lost');
      yield 'true}';
    };
    const source = { etag: '1', large: false, pieces };
    const both = await Promise.allSettled([read(renderings.of(source)), read(renderings.of(source))]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect.poll(() => failed.mock.calls.length).toBe(1);
    works = true;
    expect(await read(renderings.of(source))).toBe('{"half":true}');
  });
});
