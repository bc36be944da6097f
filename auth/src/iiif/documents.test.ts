import { describe, expect, it } from 'vitest';
import { cookieService } from './auth1/services.ts';
import { imageInfo } from './image2/info.ts';
import { collection, manifest } from './presentation2/documents.ts';
import { textsFor } from './texts.ts';

const publicUrl = 'https://img.example.org';
const texts = textsFor('Example Library');
const service = cookieService(publicUrl, texts, 'login');
const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };
const id = `${publicUrl}/iiif/images/atlas!page1.tif`;

describe('imageInfo', () => {
  const info = imageInfo({ id, width: 6000, height: 4000, limits, service });

  it('gives true size, tiles down to one tile, and sizes that are within the limits', () => {
    expect(info).toMatchObject({
      '@context': 'http://iiif.io/api/image/2/context.json',
      '@id': id,
      width: 6000,
      height: 4000,
    });
    expect(info.tiles).toEqual([{ width: 512, height: 512, scaleFactors: [1, 2, 4, 8, 16] }]);
    expect(info.sizes).toEqual([
      { width: 375, height: 250 },
      { width: 750, height: 500 },
      { width: 1500, height: 1000 },
      { width: 3000, height: 2000 },
    ]);
  });

  it('states the limits', () => {
    expect(info.profile[1]).toMatchObject(limits);
  });

  it('gives a small image one tile and its own size', () => {
    const small = imageInfo({ id, width: 300, height: 200, limits, service });
    expect(small.tiles).toEqual([{ width: 512, height: 512, scaleFactors: [1] }]);
    expect(small.sizes).toEqual([{ width: 300, height: 200 }]);
  });

  it('has no service where the image is open (row 11)', () => {
    expect(imageInfo({ id, width: 300, height: 200, limits, service: undefined })).not.toHaveProperty('service');
  });
});

describe('manifest', () => {
  const images = [
    { path: ['atlas', 'page 1.tif'], width: 600, height: 400, way: { kind: 'open' as const } },
    { path: ['atlas', 'page2.tif'], width: 600, height: 400, way: { kind: 'login' as const, tier: undefined } },
    { path: ['atlas', 'page3.tif'], width: 600, height: 400, way: { kind: 'login' as const, tier: undefined } },
  ];
  const made = manifest({
    publicUrl,
    path: ['atlas'],
    label: 'atlas',
    attribution: 'Example Library',
    images,
    texts,
  });
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

  it('has a thumbnail', () => {
    expect(made.thumbnail?.['@id']).toBe(
      'https://img.example.org/iiif/images/atlas!page%201.tif/full/!200,200/0/default.jpg',
    );
  });
});

describe('collection', () => {
  it('lists manifests and collections by their public addresses', () => {
    const made = collection({
      publicUrl,
      path: [],
      label: 'Example Library',
      attribution: 'Example Library',
      texts,
      members: [
        { kind: 'manifest', path: ['atlas'], label: 'atlas' },
        { kind: 'collection', path: ['deeds', '18. Jh.'], label: '18. Jh.' },
      ],
    });
    expect(made).toEqual({
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
