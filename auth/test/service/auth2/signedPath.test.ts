// The way for browsers that send no cookie with an image: docs/decisions/0014-signed-paths.md.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imagePathOf } from '../../support/ask.ts';
import { posted, VIEWER } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const PROBE = '/auth/iiif/2/probe/atlas!page1.tif';
const PARAMETERS = '0,0,512,512/512,/0/default.jpg';

let vitrine: Vitrine;
let cookie: string;
let location: string;
beforeAll(async () => {
  vitrine = await Vitrine.start();
});
afterAll(() => vitrine.stop());
beforeEach(async () => {
  vitrine.ahead = 0;
  cookie = (await vitrine.logIn()).cookie;
  location = await locationFor(PROBE);
});

/** What the page in the frame fetches after the browser gave it its cookies back. */
async function tokenAgain(): Promise<string> {
  const headers = { cookie, 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' };
  const answer = await vitrine.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers });
  return answer.json()['accessToken'] as string;
}

async function locationFor(probe: string): Promise<string> {
  const answer = await vitrine.ask(probe, { headers: { authorization: `Bearer ${await tokenAgain()}` } });
  expect(answer.json()).toMatchObject({ type: 'AuthProbeResult2', status: 302, location: { type: 'ImageService3' } });
  const { id } = answer.json()['location'] as { id: string };
  expect(id).toMatch(/\/iiif\/3\/images\/![\w.-]+\/atlas!page1\.tif$/);
  return new URL(id).pathname;
}

const tile = (path = location) => vitrine.tile(`${path}/${PARAMETERS}`);

describe('a page in a frame that gets no cookie', () => {
  it('tries to get it back, and asks again', async () => {
    for (const path of ['/auth/iiif-token', '/auth/iiif/2/token']) {
      const page = await vitrine.ask(`${path}?messageId=1&origin=${VIEWER}`);
      expect(page.body).toContain('document.requestStorageAccess()');
      expect(posted(page).origin).toBe(VIEWER);
      const allowed = await vitrine.ask(`${path}?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
      expect(allowed.body).not.toContain('requestStorageAccess');
    }
  });

  it('is not answered in JSON when another site asks', async () => {
    const headers = { cookie, 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'cross-site' };
    const answer = await vitrine.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers });
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('row 81: a signed path', () => {
  it('is what the probe gives as location, only with a token of such a browser', async () => {
    const page = await vitrine.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
    const authorization = `Bearer ${String(posted(page).message['accessToken'])}`;
    const plain = (await vitrine.ask(PROBE, { headers: { authorization } })).json();
    expect(plain).toMatchObject({ status: 200 });
    expect(plain).not.toHaveProperty('location');
  });

  it('opens description and image without any cookie, in the same canonical form as ever', async () => {
    const info = await vitrine.ask(`${location}/info.json`);
    expect(info.status).toBe(200);
    expect(info.json()).toMatchObject({ id: vitrine.base + location, width: 6000 });
    expect(info.json()).not.toHaveProperty('service');
    expect([info.headers['cache-control'], info.headers['etag']]).toEqual(['no-store', undefined]);
    const answer = await tile();
    expect(answer.status).toBe(200);
    expect(imagePathOf(answer)).toBe('/tiles/atlas/page1.tif/0/0,0/512,512');
    expect((await tile(location.replace('/iiif/3/', '/iiif/'))).status).toBe(200);
  });

  it('opens no other image, and none when it was changed', async () => {
    expect((await tile(location.replace('page1.tif', 'page2.jp2'))).status).toBe(401);
    expect((await tile(location.replace(/.\/atlas/, '/atlas'))).status).toBe(401);
    expect((await vitrine.ask(`${location.replace('page1.tif', 'page2.jp2')}/info.json`)).status).toBe(401);
    for (const nonsense of ['!', '!x', '!....', '!a.b.c.d']) {
      expect((await tile(`/iiif/3/images/${nonsense}/atlas!page1.tif`)).status).toBe(401);
    }
  });

  it('is over after ten minutes, and renewed by the probe', async () => {
    vitrine.ahead = 601_000;
    expect((await tile()).status).toBe(401);
    expect((await tile(await locationFor(PROBE))).status).toBe(200);
  });

  it('ends with the logout', async () => {
    expect((await tile()).status).toBe(200);
    await vitrine.ask('/auth/iiif/2/logout', { headers: { cookie } });
    expect((await tile()).status).toBe(401);
    expect((await vitrine.ask(`${location}/info.json`)).status).toBe(401);
  });

  it('opens nothing where the grammar is wrong', async () => {
    for (const [path, status] of [
      ['/iiif/3/images/!x', '400'],
      ['/iiif/3/images/!x/..', '400'],
      ['/iiif/3/images/!a/~b/atlas!page1.tif', '404'],
      ['/iiif/3/images/!a/!b/atlas!page1.tif', '400'],
    ] as const) {
      expect((await tile(path)).headers['x-deny'], path).toBe(status);
    }
  });
});
