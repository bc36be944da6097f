import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../pyramids/src/shared/pyramid.ts';
import { cookieService } from './auth1/services.ts';
import { imageInfo } from './image2/info.ts';
import { imageInfo as imageInfo3 } from './image3/info.ts';
import { collection, manifest } from './presentation2/documents.ts';
import { overviewOf } from './overview.ts';
import { textsFor } from './texts.ts';
import { textOf } from './written.ts';

const publicUrl = 'https://img.example.org';
const texts = textsFor('Example Library');
const service = cookieService(publicUrl, texts, { pattern: 'login' });
const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
const forms = { formats: ['jpg', 'png'], qualities: ['default', 'color', 'bitonal'] } as const;
const id = `${publicUrl}/iiif/images/atlas!page1.tif`;
const shared = { id, limits, forms, tier: undefined };
const sized = (width: number, height: number) => ({ width, height, pyramid: pyramidOf({ width, height }) });

describe('imageInfo', () => {
  const info = imageInfo({ ...shared, ...sized(6000, 4000), service });

  it('gives true size, tiles down to one tile, and sizes that are within the limits', () => {
    expect(info).toMatchObject({
      '@context': 'http://iiif.io/api/image/2/context.json',
      '@id': id,
      width: 6000,
      height: 4000,
    });
    expect(info).toHaveProperty('tiles', [{ width: 512, height: 512, scaleFactors: [1, 2, 4, 8, 16] }]);
    expect(info.sizes).toEqual([
      { width: 375, height: 250 },
      { width: 750, height: 500 },
      { width: 1500, height: 1000 },
      { width: 3000, height: 2000 },
    ]);
  });

  it('states the limits, and what is written', () => {
    expect(info.profile[1]).toMatchObject({ ...limits, ...forms });
    const third = imageInfo3({ ...shared, ...sized(600, 400), service: undefined });
    expect(third).toMatchObject({ ...limits, extraFormats: ['png'], extraQualities: ['color', 'bitonal'] });
  });

  it('gives a small image one tile and its own size', () => {
    const small = imageInfo({ ...shared, ...sized(300, 200), service });
    expect(small).toHaveProperty('tiles', [{ width: 512, height: 512, scaleFactors: [1] }]);
    expect(small.sizes).toEqual([{ width: 300, height: 200 }]);
  });

  it('of a tier claims no enlarging, and of one that is a picture that one only', () => {
    const level = imageInfo({ ...shared, tier: 'level', ...sized(300, 200), service: undefined });
    expect(level.profile[0]).toBe('http://iiif.io/api/image/2/level1.json');
    expect(level.profile[1].supports).not.toContain('sizeAboveFull');
    const one = { width: 600, height: 400, pyramid: undefined };
    const picture = imageInfo({ ...shared, tier: 'picture', ...one, service: undefined });
    expect(picture.profile[0]).toBe('http://iiif.io/api/image/2/level0.json');
    expect(picture).toMatchObject({ width: 600, height: 400, sizes: [{ width: 600, height: 400 }] });
    expect(picture).not.toHaveProperty('tiles');
  });

  it('of a tier that is tiles claims nothing but these, the sizes of one tile, and the whole picture', () => {
    const tiles = imageInfo3({ ...shared, tier: 'tiles', ...sized(1500, 1000), service: undefined });
    expect(tiles).toMatchObject({
      profile: 'level0',
      sizes: [
        { width: 375, height: 250 },
        { width: 1500, height: 1000 },
      ],
      tiles: [{ width: 512, height: 512, scaleFactors: [1, 2, 4] }],
      extraFeatures: ['canonicalLinkHeader', 'profileLinkHeader'],
    });
  });

  it('of a file that is its own pyramid gives its tiles, and its levels as they are', () => {
    const levels = [999, 499, 249].map((width) => ({ width, height: 300 }));
    const pyramid = { tile: { width: 256, height: 128 }, levels, native: true };
    const info = imageInfo({ ...shared, width: 999, height: 300, pyramid, service });
    expect(info).toHaveProperty('tiles', [{ width: 256, height: 128, scaleFactors: [1, 2, 4] }]);
    expect(info.sizes.map(({ width }) => width)).toEqual([249, 499, 999]);
  });

  it('has no service where the image is open (row 11)', () => {
    expect(imageInfo({ ...shared, ...sized(300, 200), service: undefined })).not.toHaveProperty('service');
  });
});

describe('manifest', () => {
  const images = [
    { path: ['atlas', 'page 1.tif'], width: 600, height: 400, accessMethod: { kind: 'open' as const } },
    {
      path: ['atlas', 'page2.tif'],
      width: 600,
      height: 400,
      accessMethod: { kind: 'login' as const, tier: undefined },
    },
    {
      path: ['atlas', 'page3.tif'],
      width: 600,
      height: 400,
      accessMethod: { kind: 'login' as const, tier: undefined },
    },
  ];
  type Canvas = { '@id': string; label: string; images: { resource: { service: object } }[] };
  type Manifest = { sequences: { canvases: Canvas[] }[]; thumbnail: { '@id': string } };
  const document = manifest({
    publicUrl,
    path: ['atlas'],
    label: 'atlas',
    attribution: 'Example Library',
    images,
    overview: overviewOf(images),
    texts,
    limits,
    access: undefined,
  });
  const made = JSON.parse(textOf(document)) as Manifest;
  const services = made.sequences[0]?.canvases.map((canvas) => canvas.images[0]?.resource.service);

  it('writes the first mention of the login service out, and names it after that; an open image has none', () => {
    expect(services?.[0]).not.toHaveProperty('service');
    expect(services?.[1]).toMatchObject({ service: [service] });
    expect(services?.[2]).toMatchObject({ service: ['https://img.example.org/auth/iiif-login'] });
  });

  it('names canvases by file, not by number', () => {
    expect(made.sequences[0]?.canvases[0]?.['@id']).toBe(
      'https://img.example.org/iiif/manifests/atlas/canvas/page%201.tif',
    );
    expect(made.sequences[0]?.canvases[0]?.label).toBe('page 1');
  });

  it('has the thumbnail of its first image that has one', () => {
    expect(made.thumbnail['@id']).toBe(
      'https://img.example.org/iiif/images/atlas!page%201.tif/full/300,200/0/default.jpg',
    );
  });
});

describe('collection', () => {
  it('lists manifests and collections by their public addresses', () => {
    const document = collection({
      publicUrl,
      path: [],
      label: 'Example Library',
      attribution: 'Example Library',
      texts,
      access: undefined,
      members: [
        { kind: 'manifest', path: ['atlas'], real: ['atlas'], label: 'atlas' },
        { kind: 'collection', path: ['deeds', '18. Jh.'], real: ['deeds', '18. Jh.'], label: '18. Jh.' },
      ],
    });
    expect(JSON.parse(textOf(document))).toEqual({
      '@context': 'http://iiif.io/api/presentation/2/context.json',
      '@id': 'https://img.example.org/iiif/manifests/',
      '@type': 'sc:Collection',
      label: 'Example Library',
      manifests: [{ '@id': 'https://img.example.org/iiif/manifests/atlas', '@type': 'sc:Manifest', label: 'atlas' }],
      collections: [
        { '@id': 'https://img.example.org/iiif/manifests/deeds!18.%20Jh.', '@type': 'sc:Collection', label: '18. Jh.' },
      ],
    });
  });
});
