// The rule that decided: in a header for the log of the proxy where something is refused, and for administrators.
import { describe, expect, it } from 'vitest';
import { ADMIN, READER, Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests({
  env: { PROTECT_MANIFESTS: 'true' },
  files: ['estate/1.tif', 'K\u00f6ln/1.tif', 'press/1.tif', 'maps/1.tif'],
  access: {
    estate: 'nobody',
    'K\u00f6ln': 'users',
    press: [{ who: 'everyone', sees: 600 }, { who: 'users' }],
    maps: 'everyone',
  },
});
const TILE = 'full/100,/0/default.jpg';

describe('what is refused names the rule for the log', () => {
  it('a tile', async () => {
    const refusedBy = async (id: string) => (await vitrine.tile(`/iiif/images/${id}/${TILE}`)).headers['x-deny-rule'];
    expect(await refusedBy('estate!1.tif')).toBe('access.yml: estate');
    expect(await refusedBy('K%C3%B6ln!1.tif')).toBe('access.yml: K%C3%B6ln');
    expect(await refusedBy('other!1.tif')).toBe('no rule allows it');
    expect(await refusedBy('maps!1.tif')).toBeUndefined();
    // Whoever asks, this is no address: no rule was asked.
    expect(await refusedBy('%zz')).toBeUndefined();
  });

  it.each([
    ['an info.json', '/iiif/images/estate!1.tif/info.json', 401, 'access.yml: estate'],
    ['one that leads to a tier', '/iiif/images/press!1.tif/info.json', 302, 'access.yml: press'],
    ['a manifest', '/iiif/manifests/estate', 401, 'access.yml: estate'],
    ['a manifest of version 3', '/iiif/3/manifests/K%C3%B6ln', 401, 'access.yml: K%C3%B6ln'],
    ['a probe', '/auth/iiif/2/probe/estate!1.tif', 200, 'access.yml: estate'],
    ['a probe of what is open', '/auth/iiif/2/probe/maps!1.tif', 200, undefined],
    ['a manifest of what is open', '/iiif/manifests/maps', 200, undefined],
  ])('%s', async (_, address, status, rule) => {
    const answer = await vitrine.ask(address);
    expect([answer.status, answer.headers['x-deny-rule']]).toEqual([status, rule]);
  });
});

describe('an info.json names the rule', () => {
  const INFO = ['/iiif/images/K%C3%B6ln!1.tif/info.json', '/iiif/3/images/K%C3%B6ln!1.tif/info.json'];

  it.each(INFO)('%s: to administrators, and nobody keeps that', async (address) => {
    const { cookie } = await vitrine.logIn(ADMIN);
    const { status, headers } = await vitrine.ask(address, { headers: { cookie } });
    expect([status, headers['x-access-rule']]).toEqual([200, 'access.yml: K%C3%B6ln']);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['etag']).toBeUndefined();
    expect(headers['vary']).toMatch(/Authorization, Cookie/);
    expect(headers['access-control-expose-headers']).toBeUndefined();
  });

  it.each(INFO)('%s: to nobody else, whoever has asked before', async (address) => {
    const admin = await vitrine.logIn(ADMIN);
    const told = async (headers: Record<string, string>) => {
      await vitrine.ask(address, { headers: { cookie: admin.cookie } });
      return (await vitrine.ask(address, { headers })).headers['x-access-rule'];
    };
    const reader = await vitrine.logIn(READER);
    expect(await told({})).toBeUndefined();
    expect(await told({ cookie: reader.cookie })).toBeUndefined();
    // A script is sent what everybody is, whose cookies it may have; version 3 says no less.
    expect(await told({ cookie: admin.cookie, 'sec-fetch-dest': 'empty' })).toBeUndefined();
  });

  it('what a reader may keep is no answer for an administrator, nor the other way round', async () => {
    const [address = ''] = INFO;
    const [admin, reader] = [await vitrine.logIn(ADMIN), await vitrine.logIn(READER)];
    const kept = await vitrine.ask(address, { headers: { cookie: reader.cookie } });
    const known = { 'if-none-match': String(kept.headers['etag']) };
    expect((await vitrine.ask(address, { headers: { cookie: reader.cookie, ...known } })).status).toBe(304);
    expect((await vitrine.ask(address, { headers: { cookie: admin.cookie, ...known } })).status).toBe(200);
  });

  it('also where it refuses them', async () => {
    const { cookie } = await vitrine.logIn(ADMIN);
    const { headers } = await vitrine.ask('/iiif/images/estate!1.tif/info.json', { headers: { cookie } });
    expect(headers['x-access-rule']).toBe('access.yml: estate');
  });
});
