import { describe, expect, it } from 'vitest';
import { resolveRegion, resolveSize, type Dimensions } from './geometry.ts';
import type { Region, Size } from './imageRequest.ts';

const image = { width: 6000, height: 4000 };
const limits = { maxWidth: 5000, maxHeight: 5000, maxArea: 20_000_000 };
const pixels = (x: number, y: number, w: number, h: number): Region => ({ kind: 'pixels', x, y, w, h });
const percent = (x: number, y: number, w: number, h: number): Region => ({ kind: 'percent', x, y, w, h });

describe('resolveRegion', () => {
  it.each<[string, Region, object]>([
    ['full', { kind: 'full' }, { x: 0, y: 0, width: 6000, height: 4000 }],
    ['square, in the middle', { kind: 'square' }, { x: 1000, y: 0, width: 4000, height: 4000 }],
    ['pixels', pixels(10, 20, 30, 40), { x: 10, y: 20, width: 30, height: 40 }],
    ['pixels over the edge, cropped', pixels(5900, 3900, 512, 512), { x: 5900, y: 3900, width: 100, height: 100 }],
    ['percent', percent(50, 25, 10, 10), { x: 3000, y: 1000, width: 600, height: 400 }],
    ['percent over the edge, cropped', percent(90, 90, 50, 50), { x: 5400, y: 3600, width: 600, height: 400 }],
  ])('resolves %s', (_, region, rectangle) => {
    expect(resolveRegion(region, image)).toEqual({ ok: true, value: rectangle });
  });

  it.each([
    ['beside the image', pixels(6000, 0, 10, 10)],
    ['below the image', pixels(0, 4000, 10, 10)],
    ['far away', pixels(999_999_999, 999_999_999, 999_999_999, 999_999_999)],
    ['without width', pixels(0, 0, 0, 10)],
    ['without height', pixels(0, 0, 10, 0)],
    ['beyond 100 percent', percent(200, 200, 10, 10)],
    ['of 0 percent', percent(0, 0, 0, 0)],
  ])('refuses a region %s', (_, region) => {
    expect(resolveRegion(region, image).ok).toBe(false);
  });
});

describe('resolveSize', () => {
  const small = { width: 3000, height: 2000 };

  it.each<[string, Size, Dimensions, Dimensions]>([
    ['full', { kind: 'full' }, small, { width: 3000, height: 2000 }],
    ['max', { kind: 'max' }, small, { width: 3000, height: 2000 }],
    ['max of what is too wide', { kind: 'max' }, image, { width: 5000, height: 3333 }],
    ['width', { kind: 'width', w: 300 }, small, { width: 300, height: 200 }],
    ['height', { kind: 'height', h: 100 }, small, { width: 150, height: 100 }],
    ['percent', { kind: 'percent', n: 50 }, small, { width: 1500, height: 1000 }],
    ['exact', { kind: 'exact', w: 10, h: 999 }, small, { width: 10, height: 999 }],
    ['within, by width', { kind: 'within', w: 300, h: 300 }, small, { width: 300, height: 200 }],
    ['within, by height', { kind: 'within', w: 3000, h: 20 }, small, { width: 30, height: 20 }],
    ['a sliver', { kind: 'width', w: 10 }, { width: 5000, height: 1 }, { width: 10, height: 1 }],
    ['more than there is', { kind: 'width', w: 4500 }, small, { width: 4500, height: 3000 }],
  ])('resolves %s', (_, size, region, expected) => {
    expect(resolveSize({ size, upscaling: true }, region, limits)).toEqual({ ok: true, value: expected });
  });

  it.each<[string, Size]>([
    ['full of what is too wide', { kind: 'full' }],
    ['too wide', { kind: 'width', w: 30_000 }],
    ['too high', { kind: 'height', h: 30_000 }],
    ['too large in all', { kind: 'exact', w: 5000, h: 5000 }],
    ['30000,30000', { kind: 'exact', w: 30_000, h: 30_000 }],
    ['percent beyond', { kind: 'percent', n: 400 }],
    ['no width', { kind: 'width', w: 0 }],
    ['no height', { kind: 'height', h: 0 }],
    ['nothing at all', { kind: 'within', w: 0, h: 0 }],
    ['0 percent', { kind: 'percent', n: 0 }],
  ])('refuses %s', (_, size) => {
    expect(resolveSize({ size, upscaling: true }, image, limits).ok).toBe(false);
  });

  it('says which limit there is', () => {
    const refused = resolveSize({ size: { kind: 'exact', w: 30_000, h: 30_000 }, upscaling: true }, image, limits);
    expect(refused.ok ? '' : refused.message).toContain('maxWidth 5000');
  });
});

describe('resolveSize without leave to enlarge (Image API 3)', () => {
  const region = { width: 300, height: 200 };
  const resolve = (size: Size, upscaling: boolean) => resolveSize({ size, upscaling }, region, limits);

  it.each<[string, Size]>([
    ['width', { kind: 'width', w: 301 }],
    ['height', { kind: 'height', h: 201 }],
    ['percent', { kind: 'percent', n: 101 }],
    ['exact', { kind: 'exact', w: 300, h: 201 }],
  ])('refuses a larger %s, and gives it where it is asked for with ^', (_, size) => {
    expect(resolve(size, false).ok).toBe(false);
    expect(resolve(size, true).ok).toBe(true);
  });

  it('fits into a larger box as it is, and fills it where that is asked for with ^', () => {
    expect(resolve({ kind: 'within', w: 600, h: 600 }, false)).toEqual({ ok: true, value: region });
    expect(resolve({ kind: 'within', w: 600, h: 600 }, true)).toEqual({ ok: true, value: { width: 600, height: 400 } });
  });

  it('max is the region, ^max what the limits allow', () => {
    expect(resolve({ kind: 'max' }, false)).toEqual({ ok: true, value: region });
    expect(resolve({ kind: 'upscaled max' }, true)).toEqual({ ok: true, value: { width: 5000, height: 3333 } });
  });
});
