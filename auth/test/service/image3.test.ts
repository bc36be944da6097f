// Sizes and addresses of version 3 of the Image API.
import { describe, expect, it } from 'vitest';
import { imagePathOf } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests();

describe('Image API 3', () => {
  it.each([
    ['full/max/0/default.jpg', '/iiif/atlas/page1.tif/0,0,6000,4000/5000,3333/0/default.jpg'],
    ['0,0,512,512/^1024,/0/default.jpg', '/iiif/atlas/page1.tif/0,0,512,512/1024,1024/0/default.jpg'],
    ['0,0,512,512/%5E!600,600/0/default.jpg', '/iiif/atlas/page1.tif/0,0,512,512/600,600/0/default.jpg'],
    ['0,0,512,512/!600,600/0/default.jpg', '/tiles/atlas/page1.tif/0/0,0/512,512'],
  ])('%s is written in pixels', async (asked, written) => {
    const { cookie } = await vitrine.logIn();
    const answer = await vitrine.tile(`/iiif/3/images/atlas!page1.tif/${asked}`, { cookie });
    expect(imagePathOf(answer)).toBe(written);
  });

  it.each([
    'full/full/0/default.jpg',
    '0,0,512,512/1024,/0/default.jpg',
    'full/^30000,/0/default.jpg',
    'full/pct:101/0/default.jpg',
  ])('%s is 400, with and without login', async (asked) => {
    const { cookie } = await vitrine.logIn();
    for (const headers of [{ cookie }, {}]) {
      const answer = await vitrine.tile(`/iiif/3/images/atlas!page1.tif/${asked}`, { ...headers });
      expect(answer.headers['x-deny']).toBe('400');
    }
  });

  it('the base address of an image leads to its description', async () => {
    const answer = await vitrine.ask('/iiif/3/images/atlas!page1.tif');
    expect([answer.status, answer.headers['location']]).toEqual([
      303,
      `${vitrine.base}/iiif/3/images/atlas!page1.tif/info.json`,
    ]);
  });
});
