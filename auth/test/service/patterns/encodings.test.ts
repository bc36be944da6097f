// Row 101: one image, one decision, however its identifier is written, and wherever.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInfo, askTile, headersOf, probeStatus, startWithPatterns, tokenOf } from '../../support/patterns.ts';
import type { Vitrine } from '../../support/vitrine.ts';

let vitrine: Vitrine;
let cookie: string;
let one: string;
let two: string;
beforeAll(async () => {
  vitrine = await startWithPatterns();
  cookie = (await vitrine.logIn()).cookie;
  one = String(await tokenOf(vitrine, 1, { cookie }));
  two = String(await tokenOf(vitrine, 2, { cookie }));
});
afterAll(() => vitrine.stop());

/** Ways to write `folder!a.tif`; some of them name nothing. */
const SPELLINGS = [
  '{}!a.tif',
  '{}!a',
  '{}%21a.tif',
  '{}%2Fa.tif',
  '{}%2fa.tif',
  '{}!%61.tif',
  '{}!a%2Etif',
  '{}%252Fa.tif',
  '{}!%2561.tif',
  '{}!!a.tif',
  '{}%2F%2Fa.tif',
  '{}%5Ca.tif',
  '{}!.!a.tif',
  'open!..!{}!a.tif',
  'open%2F..%2F{}%2Fa.tif',
  '..!images!{}!a.tif',
  '!{}!a.tif',
  '{}!a.tif!',
  '{}!A.TIF',
  '{}!a.tif%00',
  '{}!a.tif%20',
  '{}!a.tif;x',
  '{}!a.tif&FIF=x',
  '{}!a.tif?',
  '{}!a.tif#',
  '{}!%E4.tif',
  '{}!%C0%AE.tif',
  '~x',
  '!x',
  '!x.y.z.w',
];

/** What the image, both descriptions and the probe answer to a user who is logged in. */
async function answers(identifier: string): Promise<boolean[]> {
  const three = await vitrine.tile(`/iiif/3/images/${identifier}/full/100,/0/default.jpg`, headersOf({ cookie }));
  return [
    (await askTile(vitrine, identifier, { cookie })).status === 200,
    three.status === 200,
    (await askInfo(vitrine, 2, identifier, { token: one })).status === 200,
    (await probe(identifier)) === 200,
  ];
}

/** Where an identifier holds what ends a path, there is no probe at all. */
async function probe(identifier: string): Promise<number | undefined> {
  return /[?#]/.test(identifier) ? undefined : probeStatus(vitrine, identifier, { token: two });
}

describe('row 101: an identifier that is written otherwise', () => {
  it.each(SPELLINGS)('%s opens nothing in a folder that is closed', async (spelling) => {
    expect(await answers(spelling.replaceAll('{}', 'never'))).toEqual([false, false, false, false]);
    expect(await answers(spelling.replaceAll('{}', 'NEVER'))).toEqual([false, false, false, false]);
    expect(await answers(spelling.replaceAll('{}', '%6eever'))).toEqual([false, false, false, false]);
  });

  it.each(SPELLINGS)('%s opens all or nothing in one that is open', async (spelling) => {
    const [first, ...others] = await answers(spelling.replaceAll('{}', 'login'));
    expect(new Set([first, ...others]).size).toBe(1);
    // A query is no part of an identifier, and these are the spellings that the grammar knows.
    const right = /^\{\}(!|%21|%2F|%2f)(a|%61)(\.tif|%2Etif)?$/.test(spelling);
    expect([spelling, first]).toEqual([spelling, right]);
  });
});
