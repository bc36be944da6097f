// What nginx may remember of a yes: a name for all that the rest of an address depends on, and for how long.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../support/ask.ts';
import { Vitrine } from '../support/vitrine.ts';

const LIFETIME = 300;
const vitrine = Vitrine.forTests({
  files: ['open/a.tif', 'open/b.tif', 'open/sub/a.tif', 'tiered/a.tif', 'locked/a.tif', 'seminar/a.tif'],
  access: {
    open: 'everyone',
    tiered: [{ who: 'users' }, { who: 'everyone', sees: 1500 }],
    seminar: [{ who: { roles: 'seminar' } }],
  },
  env: {
    SESSION_LIFETIME: String(LIFETIME),
  },
});

const grantOf = ({ headers }: Answer) => String(headers['x-image-grant']);
const meaningOf = ({ headers }: Answer) =>
  ['path', 'version', 'link', 'etag'].map((name) => String(headers[`x-image-${name}`]));

const prefixes = ['/iiif/images/', '/iiif/3/images/'];
const identifiers = [
  ...['open!a.tif', 'open%2Fa.tif', 'open!a', 'open!b.tif', 'open!sub!a.tif', 'locked!a.tif'],
  ...['tiered!a.tif', 'tiered!a.tif!!1500', 'tiered!a!!1500'],
];
const regions = ['full', 'square', '0,0,512,512', '512,0,512,512', '100,200,300,400', 'pct:0,0,50,50'];
const sizes = ['max', '100,', ',100', '512,512', '!200,200', 'pct:10', '1500,1000'];
const ends = ['0/default.jpg', '90/default.jpg', '0/gray.jpg', '!0/color.jpg'];
const rests = regions.flatMap((region) => sizes.flatMap((size) => ends.map((end) => `${region}/${size}/${end}`)));

describe('a grant', () => {
  it('and the rest of an address have one meaning, whoever asks and however the image is spelled', async () => {
    const { cookie } = await vitrine.logIn();
    const meanings = new Map<string, string[]>();
    const imagesOf = new Map<string, Set<string>>();
    let again = 0;
    for (const prefix of prefixes)
      for (const identifier of identifiers)
        for (const rest of rests) {
          const answer = await vitrine.tile(`${prefix}${identifier}/${rest}`, { cookie });
          if (answer.status !== 200) continue;
          const [grant, meaning] = [grantOf(answer), meaningOf(answer)];
          expect(grant).toMatch(/^[0-9a-f]{32}$/);
          const known = meanings.get(`${grant} ${rest}`);
          if (known) {
            again += 1;
            expect(meaning).toEqual(known);
          }
          meanings.set(`${grant} ${rest}`, meaning);
          const named = `${prefix}${identifier.replace('%2F', '!').replace('.tif', '')}`;
          imagesOf.set(grant, (imagesOf.get(grant) ?? new Set()).add(named));
        }
    expect(again).toBeGreaterThan(200);
    // Each image, tier and version of the API has one of its own.
    for (const images of imagesOf.values()) expect([...images]).toHaveLength(1);
    expect(imagesOf.size).toBe(2 * 6);
  });

  it('is another one when the file is', async () => {
    const target = '/iiif/images/open!b.tif/full/100,/0/default.jpg';
    const before = grantOf(await vitrine.tile(target));
    expect(grantOf(await vitrine.tile(target))).toBe(before);
    utimesSync(join(vitrine.images, 'open/b.tif'), 1000, 1000);
    await expect.poll(async () => grantOf(await vitrine.tile(target)), { timeout: 20_000 }).not.toBe(before);
  });

  it('of a refusal there is none', async () => {
    const answer = await vitrine.tile('/iiif/images/locked!a.tif/full/100,/0/default.jpg');
    expect(answer.status).toBe(401);
    expect(answer.headers).not.toHaveProperty('x-image-grant');
    expect(answer.headers).not.toHaveProperty('x-grant-life');
  });
});

describe('its life', () => {
  const locked = '/iiif/images/locked!a.tif/full/100,/0/default.jpg';
  const lifeOf = async (headers: Record<string, string>, target = locked) => {
    const answer = await vitrine.tile(target, headers);
    return [answer.status, answer.headers['x-grant-life']];
  };

  it('is two seconds; less at the end of the session; nothing in its last second', async () => {
    const { cookie } = await vitrine.logIn();
    const begun = vitrine.ahead;
    expect(await lifeOf({ cookie })).toEqual([200, '2']);
    vitrine.ahead = begun + (LIFETIME - 1.6) * 1000;
    expect(await lifeOf({ cookie })).toEqual([200, '1']);
    vitrine.ahead = begun + (LIFETIME - 0.6) * 1000;
    expect(await lifeOf({ cookie })).toEqual([200, undefined]);
    expect(await lifeOf({}, locked.replace('locked', 'open'))).toEqual([200, '2']);
    vitrine.ahead = begun + LIFETIME * 1000;
    expect(await lifeOf({ cookie })).toEqual([401, undefined]);
  });

  it('is as long as a role that the visitor has, which begins and ends without any change', async () => {
    await vitrine.users.addRole({ name: 'seminar', description: '' });
    const now = Date.now() + vitrine.ahead;
    const [from, until] = [new Date(now + 60_000), new Date(now + 120_000)];
    const who = { email: 'student@example.org', password: 'a student of letters' };
    await vitrine.users.add({ ...who, roles: [{ role: 'seminar', from, until }] });
    const { cookie } = await vitrine.logIn(who);
    const seminar = locked.replace('locked', 'seminar');
    const at = async (date: Date, milliseconds: number) => {
      vitrine.ahead = date.getTime() + milliseconds - Date.now();
      return lifeOf({ cookie }, seminar);
    };
    expect(await at(from, -10_000)).toEqual([403, undefined]);
    expect(await at(from, 0)).toEqual([200, '2']);
    expect(await at(until, -1600)).toEqual([200, '1']);
    expect(await at(until, -600)).toEqual([200, undefined]);
    expect(await at(until, 0)).toEqual([403, undefined]);
  });
});
