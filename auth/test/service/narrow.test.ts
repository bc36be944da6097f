// Regions that are less than a pixel of what iipsrv draws from; the file has 6000 x 4000 pixels, and is its own pyramid.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imagePathOf } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({ files: ['atlas/fit.tif'] });
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

describe('on iipsrv a region', () => {
  it.each([
    ['5999,0,1,3000/1,100', '5991,0,1,3000/1,100'],
    ['0,3990,4000,10/100,1', '0,3983,4000,10/100,1'],
    ['0,3990,400,10/100,3', '0,3990,400,10/100,3'],
    ['100,100,4000,1/100,1', '100,100,4000,1/100,1'],
  ])('%s is asked for as %s', async (asked, drawn) => {
    for (const version of ['', '3/']) {
      const answer = await vitrine.tile(`/iiif/${version}images/atlas!fit.tif/${asked}/0/default.jpg`, { cookie });
      expect(imagePathOf(answer)).toBe(`/iiif/atlas/fit.tif/${drawn}/0/default.jpg`);
    }
  });
});
