import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import type { AccessMethod } from '../access/rules.ts';
import { overviewOf } from './overview.ts';
import * as presentation2 from './presentation2/documents.ts';
import * as presentation3 from './presentation3/documents.ts';
import { textsFor } from './texts.ts';
import { thumbnailOf } from './thumbnail.ts';
import { tilingOf } from './tiling.ts';
import { textOf } from './written.ts';

const ADDRESS = 'https://img.example.org/iiif/images/a.tif';
const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
const image = (width: number, height: number, accessMethod: AccessMethod) => ({
  path: ['a.tif'],
  width,
  height,
  accessMethod,
});
const open = { kind: 'open' } as const;
const tiered = (tier: number) => ({ kind: 'login', tier }) as const;
const locked = { kind: 'login', tier: undefined } as const;

describe('a thumbnail', () => {
  it.each([
    ['an open image', image(6000, 4000, open), '/full/375,250/0/default.jpg'],
    ['a small one, which is its own', image(120, 90, open), '/full/120,90/0/default.jpg'],
    ['one with a tier, of that', image(6000, 4000, tiered(600)), '!!600/full/max/0/default.jpg'],
    ['one that is no larger than its tier', image(150, 100, tiered(600)), '!!600/full/max/0/default.jpg'],
  ])('of %s', (_, one, rest) => {
    expect(thumbnailOf(one, ADDRESS, limits)?.address).toBe(ADDRESS + rest);
  });

  it('does not exist for an image that is locked, by whatever pattern', () => {
    for (const kind of ['login', 'clickthrough', 'kiosk', 'external'] as const)
      expect(thumbnailOf(image(6000, 4000, { kind, tier: undefined }), ADDRESS, limits)).toBeUndefined();
  });

  it('of an open image is always one of the sizes that its info.json lists, where its pyramid was made', () => {
    for (let side = 1; side < 12_000; side = side * 2 + 17) {
      for (const other of [1, 33, 700, 9000]) {
        const size = { width: side, height: other };
        const found = thumbnailOf(image(side, other, open), ADDRESS, limits);
        expect(found?.size).toBeDefined();
        expect(tilingOf(size, pyramidOf(size), limits).sizes).toContainEqual(found?.size);
      }
    }
  });
});

describe.each([
  ['2', presentation2],
  ['3', presentation3],
])('a manifest of version %s', (_, { manifest }) => {
  const made = (...accessMethods: AccessMethod[]) => {
    const images = accessMethods.map((accessMethod, page) => ({
      ...image(6000, 4000, accessMethod),
      path: ['atlas', `${page}.tif`],
    }));
    return textOf(
      manifest({
        publicUrl: 'https://img.example.org',
        path: ['atlas'],
        label: 'atlas',
        attribution: 'Example Library',
        images,
        overview: overviewOf(images),
        access: undefined,
        texts: textsFor('Example Library'),
        limits,
      }),
    );
  };
  /** The pictures themselves are named by `full/max` too, but not of a tier. */
  const thumbnails = (text: string) =>
    [...text.matchAll(/images\/([^/"]*!!\d+|[^/"]*(?=\/full\/\d))\/full\//g)].map(([, name]) => name);

  it('begins with the thumbnail of the first image that has one, and names none of those that are locked', () => {
    const text = made(locked, tiered(600), open, locked);
    expect(thumbnails(text)).toEqual(['atlas!1.tif!!600', 'atlas!1.tif!!600', 'atlas!2.tif']);
  });

  it('has none where every image is locked', () => {
    expect(made(locked, locked)).not.toContain('thumbnail');
  });
});
