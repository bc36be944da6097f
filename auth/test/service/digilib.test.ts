// What only digilib needs: forms that it does not write are not asked for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imagePathOf, type Answer } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
beforeAll(async () => {
  vitrine = await Vitrine.start({
    files: ['atlas/cover.jpg', 'Fotos Köln/Blick von Süd.tif'],
    env: { IMAGE_SERVER: 'digilib', MAX_WIDTH: '6000', MAX_HEIGHT: '6000', MAX_AREA: '36000000' },
  });
  cookie = (await vitrine.logIn()).cookie;
});
afterAll(() => vitrine.stop());

const cover = '/iiif/images/atlas!cover.jpg';
const askedFor = '/digilib/Scaler/vitrine-images/atlas/cover.jpg';
const as = (parameters: string): Promise<Answer> => vitrine.tile(`${cover}/${parameters}`, { cookie });

describe('what it does not write is 400 in words, for everybody', () => {
  const small = 'This server makes no picture of less than 2 pixels a side, and this one would be';
  it.each([
    ['full/full/0/gray.jpg', 'gray is offered as png here.'],
    ['full/100,/90/gray.jpg', 'gray is offered as png here.'],
    ['full/100,/0/default.webp', 'This server writes jpg and png, not webp.'],
    ['full/1,/0/default.jpg', `${small} 1,1.`],
    ['0,0,1,1/full/0/default.jpg', `${small} 1,1.`],
    ['0,0,1,4000/1,4000/0/default.jpg', `${small} 1,4000.`],
  ])('%s', async (parameters, message) => {
    const answer = await as(parameters);
    expect(answer.status).toBe(403);
    expect(answer.headers['x-deny']).toBe('400');
    expect(JSON.parse(String(answer.headers['x-deny-body']))).toMatchObject({ message });
  });
});

it.each(['full/100,67/0/gray.png', 'full/100,67/0/bitonal.jpg', 'full/100,67/90/color.png', 'full/3,2/0/default.jpg'])(
  '%s is asked for',
  async (parameters) => {
    expect(imagePathOf(await as(parameters))).toBe(`${askedFor}/${parameters.replace('full', '0,0,6000,4000')}`);
  },
);

it.each([
  ['atlas!cover', 'atlas/cover.jpg'],
  ['Fotos%20K%C3%B6ln!Blick%20von%20S%C3%BCd', 'Fotos Köln/Blick von Süd.tif'],
])('%s has one canonical path', async (identifier, file) => {
  const answer = await vitrine.tile(`/iiif/images/${identifier}/full/100,/0/default.jpg`, { cookie });
  expect(imagePathOf(answer)).toBe(`/digilib/Scaler/vitrine-images/${file}/0,0,6000,4000/100,67/0/default.jpg`);
  expect(answer.headers['x-image-path']).toMatch(/\/vitrine-images\/[0-9a-f]{2}![0-9a-f]{62}-0\.tif\//);
});

it('info.json is the same as with iipsrv, but for what is written', async () => {
  const env = { MAX_WIDTH: '6000', MAX_HEIGHT: '6000', MAX_AREA: '36000000' };
  const iipsrv = await Vitrine.start({ files: ['atlas/cover.jpg'], env });
  const [one, other] = [await vitrine.ask(`${cover}/info.json`), await iipsrv.ask(`${cover}/info.json`)];
  await iipsrv.stop();
  const forms = '"formats":["jpg","png"],"qualities":["default","color","bitonal"]';
  const iipsrvForms = '"formats":["jpg"],"qualities":["default","color","gray","bitonal"]';
  expect(one.body).toContain(forms);
  expect(one.body.replace(forms, iipsrvForms).replaceAll(vitrine.base, '')).toBe(
    other.body.replaceAll(iipsrv.base, ''),
  );
});
