// Where a visitor is opens images to them, not to the pages of other web sites that their browser happens to show.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posted } from '../../support/auth1.ts';
import {
  askForToken,
  askInfo,
  AT_THE_KIOSK,
  cookielessToken,
  enterKiosk,
  headersOf,
  image,
  IN_THE_NETWORK,
  startWithPatterns,
  TOKEN_PATHS,
  tokenOf,
} from '../../support/patterns.ts';
import type { Answer } from '../../support/ask.ts';
import type { Vitrine } from '../../support/vitrine.ts';

const TRUSTED = 'https://viewer.example.org';
const STRANGERS = ['https://evil.example', 'https://viewer.example.org:8443', 'null', 'http://localhost'];

let vitrine: Vitrine;
let ours: string;
beforeAll(async () => {
  vitrine = await startWithPatterns({ AUTH_TRUSTED_ORIGINS: TRUSTED, PROTECT_MANIFESTS: 'true' });
  ours = vitrine.config.publicUrl;
});
afterAll(() => vitrine.stop());

const id = image('network');
const there = headersOf({ address: IN_THE_NETWORK });
const asPage = (origin: string) => ({ ...there, origin, referer: `${origin}/page` });
const tile = (headers: Record<string, string>) => vitrine.tile(`/iiif/images/${id}/full/100,/0/default.jpg`, headers);
const DOCUMENTS = {
  info: `/iiif/images/${id}/info.json`,
  manifest: '/iiif/manifests/network',
  probe: `/auth/iiif/2/probe/${id}`,
};

/** What CORS and embedding say of a document. */
const readersOf = ({ headers }: Answer) => [
  headers['access-control-allow-origin'],
  headers['cross-origin-resource-policy'],
];
/** The same of an image, as the proxy writes it into the answer. */
const readersOfImage = ({ headers }: Answer) => [headers['x-image-origin'], headers['x-image-policy']];

describe.each(STRANGERS)('a page of %s, opened in the network', (origin) => {
  it('gets what it would get elsewhere: no image', async () => {
    const answer = await tile(asPage(origin));
    expect(answer.status).toBe(401);
    expect(answer.headers).not.toHaveProperty('x-image-path');
  });

  it('no description, and cannot tell from it that its visitor is there', async () => {
    for (const path of [DOCUMENTS.info, DOCUMENTS.manifest]) {
      const inside = await vitrine.ask(path, { headers: asPage(origin) });
      const outside = await vitrine.ask(path, { headers: { origin } });
      expect(inside.status).toBe(401);
      expect([inside.body, readersOf(inside)]).toEqual([outside.body, readersOf(outside)]);
    }
    expect((await vitrine.ask(DOCUMENTS.probe, { headers: asPage(origin) })).json()['status']).toBe(401);
  });

  it('no token of either version, nor one for a browser without cookies', async () => {
    for (const version of [1, 2] as const) {
      const query = `messageId=1&origin=${encodeURIComponent(origin)}`;
      const answer = await vitrine.ask(`${TOKEN_PATHS[version]}?${query}`, { headers: there });
      expect(posted(answer).message).not.toHaveProperty('accessToken');
    }
    expect(await cookielessToken(vitrine, { address: IN_THE_NETWORK }, origin)).toBeUndefined();
  });

  it('nothing by a signed path that a page of ours was given', async () => {
    const token = String(await cookielessToken(vitrine, { address: IN_THE_NETWORK }, ours));
    const probe = await vitrine.ask(DOCUMENTS.probe, { headers: { ...there, authorization: `Bearer ${token}` } });
    const path = new URL((probe.json()['location'] as { id: string }).id).pathname;
    for (const [headers, status] of [
      [there, 200],
      [asPage(origin), 401],
    ] as const) {
      expect((await vitrine.tile(`${path}/full/100,/0/default.jpg`, headers)).status).toBe(status);
      expect((await vitrine.ask(`${path}/info.json`, { headers })).status).toBe(status);
    }
  });
});

it.each([TRUSTED, 'ours'])('a page of %s sees it, and its scripts alone may read it', async (name) => {
  const origin = name === 'ours' ? ours : name;
  const answer = await tile(asPage(origin));
  expect(answer.status).toBe(200);
  expect(readersOfImage(answer)).toEqual([origin, 'cross-origin']);
  for (const path of Object.values(DOCUMENTS)) {
    const document = await vitrine.ask(path, { headers: asPage(origin) });
    expect(document.status).toBe(200);
    expect(readersOf(document)).toEqual([origin, 'same-site']);
    expect(document.headers['vary']).toContain('Origin');
  }
  const token = String(await tokenOf(vitrine, 1, { address: IN_THE_NETWORK }, origin));
  expect((await askInfo(vitrine, 2, id, { address: IN_THE_NETWORK, token })).status).toBe(200);
});

it('a client that is no page of another site, or does not say so, sees it; nobody else may read or show it', async () => {
  const answer = await tile(there);
  expect(answer.status).toBe(200);
  expect(readersOfImage(answer)).toEqual([undefined, 'same-site']);
  for (const path of Object.values(DOCUMENTS)) {
    const document = await vitrine.ask(path, { headers: there });
    expect(document.status).toBe(200);
    expect(readersOf(document)).toEqual([undefined, 'same-site']);
  }
});

it('a page that shows it as a picture names itself in Referer only: ours and those trusted may, others may not', async () => {
  for (const [referer, policy] of [
    [`${TRUSTED}/viewer?x`, 'cross-origin'],
    [`${ours}/`, 'cross-origin'],
    ['https://evil.example/', 'same-site'],
    [`https://evil.example/${TRUSTED}/`, 'same-site'],
    ['nonsense', 'same-site'],
  ] as const) {
    expect(readersOfImage(await tile({ ...there, referer })), referer).toEqual([undefined, policy]);
  }
});

it('what is open by more than the place is as it was: to any page', async () => {
  for (const folder of ['open', 'network-tiered'] as const) {
    const identifier = folder === 'open' ? image(folder) : `${image(folder)}!!600`;
    const headers = asPage('https://evil.example');
    const answer = await vitrine.tile(`/iiif/images/${identifier}/full/100,/0/default.jpg`, headers);
    expect(readersOfImage(answer)).toEqual(['*', 'cross-origin']);
    expect(readersOf(await vitrine.ask(`/iiif/images/${identifier}/info.json`, { headers }))).toEqual([
      '*',
      'cross-origin',
    ]);
  }
});

it('what a viewer on another site does instead: the access service of a kiosk makes a visit', async () => {
  const cookie = await enterKiosk(vitrine);
  const origin = 'https://other.example';
  const carried = { address: AT_THE_KIOSK, cookie };
  const token = String((await askForToken(vitrine, 1, carried, origin))['accessToken']);
  const headers = { ...headersOf({ address: AT_THE_KIOSK, token }), origin };
  expect((await vitrine.ask(`/iiif/images/${image('kiosk')}/info.json`, { headers })).status).toBe(200);
  const shown = await vitrine.tile(`/iiif/images/${image('kiosk')}/full/100,/0/default.jpg`, headersOf(carried));
  expect([shown.status, ...readersOfImage(shown)]).toEqual([200, '*', 'cross-origin']);
});
