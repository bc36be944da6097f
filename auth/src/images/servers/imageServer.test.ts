import { describe, expect, it } from 'vitest';
import { pyramidOf } from '../../../../pyramids/src/shared/pyramid.ts';
import type { ImageRequest, Quality } from '../../iiif/imageRequest.ts';
import { tierOf, type Tier } from '../../iiif/tier.ts';
import { drawingOf } from './drawing.ts';
import { imageServers } from './imageServers.ts';
import { wayTo } from './way.ts';
import { formsOf, wrongForm, wrongSize } from './written.ts';

const source = `ab/${'0'.repeat(62)}-0.tif`;
const picture = { width: 6000, height: 4000 };
const copy = { source: source.replace('.tif', '.reduced.tif'), width: 1500, height: 1000 };
const made = pyramidOf(picture);
const upright = { degrees: 0, mirrored: false } as const;
const asked: ImageRequest = {
  region: { kind: 'full' },
  size: { kind: 'max' },
  upscaling: false,
  rotation: upright,
  quality: 'default',
  format: 'jpg',
};
const part = (x: number, y: number, w: number, h: number) => ({ kind: 'pixels', x, y, w, h }) as const;
const exact = (w: number, h: number) => ({ kind: 'exact', w, h }) as const;
const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 25_000_000 };

/** The path that the proxy is told; `undefined` where the pyramid has to be made first. */
function pathFor(
  name: keyof typeof imageServers,
  request: Partial<ImageRequest>,
  { pyramid = made, tier = undefined as Tier | undefined, native = true, jp2 = false, reduces = false } = {},
): string | undefined {
  const server = imageServers[name];
  const shown = { image: picture, pyramid, tier };
  const drawing = drawingOf({ ...asked, ...request }, shown, server, { ...limits, smallest: server.smallest });
  if (!drawing.ok) return drawing.message;
  const from = {
    source: jp2 ? source.replace('.tif', '.jp2') : source,
    native: native && !jp2,
    reduced: reduces ? copy : undefined,
  };
  const way = wayTo(from, { ...shown, drawing: drawing.value }, { ...asked, ...request }, server);
  return way?.path.replace(/ab[/!]0+-0/, '{source}');
}

describe('the path of a rendition', () => {
  it.each<[string, Partial<ImageRequest>, string]>([
    ['a tile', { region: part(0, 0, 512, 512), size: exact(512, 512) }, '/tiles/{source}.tif/0/0,0/512,512'],
    ['in colour', { region: part(512, 0, 512, 512), quality: 'color' }, '/tiles/{source}.tif/0/1,0/512,512'],
    [
      'one at the edge',
      { region: part(4096, 0, 1904, 2048), size: exact(476, 512) },
      '/tiles/{source}.tif/2/2,0/476,512',
    ],
    ['the whole at one tile', { size: exact(375, 250) }, '/tiles/{source}.tif/4/0,0/375,250'],
    ['the whole at two', { size: exact(750, 500) }, '/iiif/{source}.tif/0,0,6000,4000/750,500/0/default.jpg'],
    ['beside the grid', { region: part(1, 0, 512, 512) }, '/iiif/{source}.tif/1,0,512,512/512,512/0/default.jpg'],
    [
      'a tile turned',
      { region: part(0, 0, 512, 512), rotation: { degrees: 90, mirrored: false } },
      '/iiif/{source}.tif/0,0,512,512/512,512/90/default.jpg',
    ],
    ['gray', { region: part(0, 0, 512, 512), quality: 'gray' }, '/iiif/{source}.tif/0,0,512,512/512,512/0/gray.jpg'],
  ])('%s', (_, request, path) => {
    expect(pathFor('iipsrv', request)).toBe(path);
    if (path.startsWith('/tiles/')) expect(pathFor('digilib', request)).toBe(path);
  });

  it('of digilib has ! in it; what is stored is asked for as full where it is no more than the picture', () => {
    const fit = { tile: { width: 256, height: 256 }, levels: [picture], native: false };
    const request = { size: exact(300, 200) };
    expect(pathFor('digilib', request, { pyramid: fit })).toBe(
      '/digilib/Scaler/vitrine-images/{source}.tif/full/300,200/0/default.jpg',
    );
    expect(pathFor('digilib', request)).toBe(
      '/digilib/Scaler/vitrine-images/{source}.tif/0,0,6000,4000/300,200/0/default.jpg',
    );
  });

  it('of a JPEG 2000 that is shown meanwhile is that of the file, tiles too', () => {
    const tile = { region: part(0, 0, 512, 512), size: exact(512, 512) };
    expect(pathFor('iipsrv', tile, { jp2: true })).toBe('/iiif/{source}.jp2/0,0,512,512/512,512/0/default.jpg');
    expect(pathFor('iipsrv', { size: exact(60, 40) }, { jp2: true })).toBe(
      '/iiif/{source}.jp2/full/60,40/0/default.jpg',
    );
  });
});

describe('a reduced copy', () => {
  const at = (request: Partial<ImageRequest>, tier?: Tier) => pathFor('digilib', request, { reduces: true, tier });
  const base = '/digilib/Scaler/vitrine-images/{source}';

  it('is what whole pictures are drawn of that are no larger', () => {
    expect(at({ size: exact(1500, 1000) })).toBe(`${base}.reduced.tif/full/1500,1000/0/default.jpg`);
    expect(at({ size: exact(400, 267), quality: 'bitonal', rotation: { degrees: 90, mirrored: true } })).toBe(
      `${base}.reduced.tif/full/400,267/!90/bitonal.jpg`,
    );
  });

  it('is not for larger ones, parts, and tiles that are there', () => {
    expect(at({ size: exact(1501, 1001) })).toBe(`${base}.tif/0,0,6000,4000/1501,1001/0/default.jpg`);
    expect(at({ region: part(1, 0, 3000, 3000), size: exact(300, 300) })).toBe(
      `${base}.tif/1,0,3000,3000/300,300/0/default.jpg`,
    );
    expect(at({ size: exact(375, 250) })).toBe('/tiles/{source}.tif/4/0,0/375,250');
  });

  it('is what the whole picture of a tier is drawn of', () => {
    const tier = tierOf(picture, made, 1000, limits, false);
    expect(at({ size: exact(tier.width, tier.height) }, tier)).toBe(`${base}.reduced.tif/full/750,500/0/default.jpg`);
  });
});

describe('a tier', () => {
  const tierFor = (name: keyof typeof imageServers): Tier =>
    tierOf(picture, made, 1500, limits, imageServers[name].drawsFromLevels);

  it.each(Object.keys(imageServers) as (keyof typeof imageServers)[])('on %s has its own tiles', (name) => {
    const at = (region: ImageRequest['region'], size: ImageRequest['size']) =>
      pathFor(name, { region, size }, { tier: tierFor(name) });
    expect(at(part(1024, 512, 476, 488), exact(476, 488))).toBe('/tiles/{source}.tif/2/2,1/476,488');
    expect(at({ kind: 'full' }, exact(375, 250))).toBe('/tiles/{source}.tif/4/0,0/375,250');
  });

  it('on iipsrv is drawn from its level, on digilib as one picture only', () => {
    const at = (name: keyof typeof imageServers, size: ImageRequest['size'], jp2 = false) =>
      pathFor(name, { size }, { tier: tierFor(name), jp2 });
    expect(at('iipsrv', exact(750, 500))).toBe('/iiif/{source}.tif/0,0,6000,4000/750,500/0/default.jpg');
    expect(at('digilib', exact(1500, 1000))).toMatch(/Scaler.*\/0,0,6000,4000\/1500,1000\/0\/default.jpg$/);
    expect(at('digilib', exact(750, 500))).toMatch(/^Of this smaller image there is the whole picture, 1500,1000, and/);
    // Its tiles are not there yet, and anything else would be another sample of the full image.
    expect(at('digilib', exact(375, 250), true)).toBeUndefined();
  });
});

describe('what an image server writes', () => {
  it('is said in info.json: the qualities that come in each format', () => {
    const { digilib, iipsrv } = imageServers;
    expect(formsOf(digilib)).toEqual({ formats: ['jpg', 'png'], qualities: ['default', 'color', 'bitonal'] });
    expect(formsOf(iipsrv)).toEqual({ formats: ['jpg'], qualities: ['default', 'color', 'gray', 'bitonal'] });
  });

  it.each<[keyof typeof imageServers, Quality, string, string | undefined]>([
    ['digilib', 'default', 'jpg', undefined],
    ['digilib', 'color', 'png', undefined],
    ['digilib', 'bitonal', 'jpg', undefined],
    ['digilib', 'gray', 'png', undefined],
    ['digilib', 'gray', 'jpg', 'gray is offered as png here.'],
    ['digilib', 'gray', 'gif', 'This server writes jpg and png, not gif.'],
    ['iipsrv', 'gray', 'jpg', undefined],
    ['iipsrv', 'default', 'png', 'This server writes jpg, not png.'],
  ])('%s: %s.%s', (name, quality, format, message) => {
    expect(wrongForm(imageServers[name], quality, format)).toBe(message);
  });

  it.each<[keyof typeof imageServers, number, number, boolean]>([
    ['digilib', 2, 2, true],
    ['digilib', 1, 2, false],
    ['digilib', 500, 1, false],
    ['iipsrv', 1, 1, true],
  ])('%s: %i x %i pixels', (name, width, height, made) => {
    expect(wrongSize(imageServers[name], { width, height }) === undefined).toBe(made);
  });
});
