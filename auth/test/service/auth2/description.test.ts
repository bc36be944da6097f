// Rows 55 to 68 of the list of checks: what the descriptions of the Authorization Flow 2.0 say.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../support/ask.ts';
import { Vitrine } from '../../support/vitrine.ts';

const INFO = '/iiif/3/images/atlas!page1.tif/info.json';

type Service = Record<string, unknown> & { id: string; type: string; service: Service[] };
type Maps = Record<string, string[]>;

let vitrine: Vitrine;
let answer: Answer;
let probe: Service;
let access: Service;
beforeAll(async () => {
  vitrine = await Vitrine.start({ env: { VIRTUAL_HOST_PROTO: 'https' } });
  answer = await vitrine.ask(INFO);
  [probe] = answer.json()['service'] as [Service];
  [access] = probe.service as [Service];
});
afterAll(() => vitrine.stop());

const isLanguageMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value as Maps).every(
    (texts) => Array.isArray(texts) && texts.every((text) => typeof text === 'string'),
  );

describe('Flow 2.0: the description', () => {
  it('row 55: info.json is 200 for anybody and has a probe service in an array', () => {
    expect(answer.status).toBe(200);
    expect(Array.isArray(answer.json()['service'])).toBe(true);
    expect(probe.type).toBe('AuthProbeService2');
    expect(answer.json()).toMatchObject({ type: 'ImageService3', width: 6000, height: 4000, maxWidth: 5000 });
  });

  it('row 56: the contexts are auth 2 and then, last, image 3', () => {
    expect(answer.json()['@context']).toEqual([
      'http://iiif.io/api/auth/2/context.json',
      'http://iiif.io/api/image/3/context.json',
    ]);
  });

  it('row 57: no service has a context of its own', () => {
    expect(JSON.stringify(answer.json()['service'])).not.toContain('@context');
  });

  it('row 58: the probe has an https id and access services in an array', () => {
    expect(probe.id).toMatch(/^https:\/\/.*\/auth\/iiif\/2\/probe\/atlas!page1\.tif$/);
    expect(probe.service.map((service) => service.type)).toEqual(['AuthAccessService2']);
  });

  it('row 59: the access service is active, with an https id, one token service and one logout service', () => {
    expect(access['profile']).toBe('active');
    expect(access.id).toMatch(/^https:/);
    expect(access.service.map((service) => service.type)).toEqual(['AuthAccessTokenService2', 'AuthLogoutService2']);
  });

  it('rows 61 and 62: label, heading, note and confirmLabel are language maps, and name the institution', () => {
    for (const name of ['label', 'heading', 'note', 'confirmLabel'])
      expect(isLanguageMap(access[name]), name).toBe(true);
    expect(access['label']).toEqual({ en: ['Log in to Example Library'], de: ['Bei Example Library anmelden'] });
  });

  it('row 63: an errorNote never stands without an errorHeading', () => {
    for (const service of [probe, ...access.service]) {
      if ('errorNote' in service) expect(isLanguageMap(service['errorHeading'])).toBe(true);
    }
  });

  it('row 64: the logout service has id, type and a label that is a language map', () => {
    const logout = access.service.find((service) => service.type === 'AuthLogoutService2');
    expect(logout?.id).toMatch(/\/auth\/iiif\/2\/logout$/);
    expect(isLanguageMap(logout?.['label'])).toBe(true);
  });

  it('row 65: every service is on https where the server is', () => {
    for (const service of [probe, access, ...access.service]) expect(service.id).toMatch(/^https:/);
  });

  it('row 10: every service has a profile that is a string, or Mirador fails on it', async () => {
    const manifest = await vitrine.ask('/iiif/3/manifests/atlas');
    for (const description of [answer, manifest]) {
      const probes = description.body.match(/"type":"AuthProbeService2","profile":"[^"]+"/g) ?? [];
      expect(probes).toHaveLength(description.body.split('"AuthProbeService2"').length - 1);
      expect(probes.length).toBeGreaterThan(0);
    }
  });

  it('texts of the operator come before those shipped, in every language given', async () => {
    const own = { loginLabel: { en: 'Enter {institution}', fr: 'Entrer' } };
    const changed = await Vitrine.start({ env: { TEXTS: JSON.stringify(own) } });
    const [service] = (await changed.ask(INFO)).json()['service'] as [Service];
    expect(service.service[0]?.['label']).toEqual({ en: ['Enter Example Library'], fr: ['Entrer'] });
    const [login] = (await changed.ask('/iiif/images/atlas!page1.tif/info.json')).json()['service'] as [Service];
    expect(login['label']).toBe('Enter Example Library');
    await changed.stop();
  });

  it('an open image has neither probe nor the context of it', async () => {
    const open = await Vitrine.start({ access: { '.': 'everyone' } });
    const info = await open.ask(INFO);
    expect(info.json()['@context']).toBe('http://iiif.io/api/image/3/context.json');
    expect(info.json()).not.toHaveProperty('service');
    expect((await open.ask('/iiif/3/manifests/atlas')).body).not.toContain('Auth');
    await open.stop();
  });
});

describe('Presentation 3', () => {
  type Manifest = {
    '@context': string[];
    items: { items: { items: { body: { service: Service[] } }[] }[] }[];
  };
  let manifest: Manifest;
  beforeAll(async () => {
    manifest = (await vitrine.ask('/iiif/3/manifests/atlas')).json() as Manifest;
  });

  it('row 67: the contexts are auth 2 first and presentation 3 last', () => {
    expect(manifest['@context']).toEqual([
      'http://iiif.io/api/auth/2/context.json',
      'http://iiif.io/api/presentation/3/context.json',
    ]);
  });

  it('row 68: every body names both image services, version 2 first, and the first its auth services as a whole', () => {
    expect(manifest).not.toHaveProperty('services'); // Mirador would take them for the services of each image
    const named = manifest.items.map((canvas) => {
      const services = canvas.items[0]?.items[0]?.body.service ?? [];
      expect(services.map((service) => service['@type'] ?? service.type)).toEqual(['ImageService2', 'ImageService3']);
      expect(services[1]?.service).toMatchObject([{ type: 'AuthProbeService2' }]);
      return { auth1: services[0]?.service, auth2: services[1]?.service[0]?.service };
    });
    const auth1 = { '@id': `${vitrine.config.publicUrl}/auth/iiif-login`, '@type': 'AuthCookieService1' };
    const auth2 = { id: `${vitrine.config.publicUrl}/auth/iiif/2/access`, type: 'AuthAccessService2' };
    const profile = 'http://iiif.io/api/auth/1/login';
    expect(named[0]).toMatchObject({
      auth1: [{ ...auth1, profile, label: expect.any(String), service: [{}, {}] }],
      auth2: [{ ...auth2, profile: 'active', label: {}, service: [{}, {}] }],
    });
    expect(named.slice(1)).toEqual([{ auth1: [{ ...auth1, profile }], auth2: [auth2] }]);
  });

  it('the root is a collection, a wrong identifier an error, and both answer preflights', async () => {
    const root = await vitrine.ask('/iiif/3/manifests/');
    expect(root.json()).toMatchObject({
      type: 'Collection',
      items: [{ type: 'Manifest', label: { none: ['atlas'] } }],
    });
    expect((await vitrine.ask('/iiif/3/manifests/none')).status).toBe(404);
    expect((await vitrine.ask('/iiif/3/manifests/..')).status).toBe(400);
    for (const path of ['/iiif/3/manifests/atlas', INFO]) {
      expect((await vitrine.ask(path, { method: 'OPTIONS' })).status).toBe(204);
    }
  });

  it.each([
    ['/iiif/manifests/atlas', 'presentation/2', 'application/json; charset=utf-8'],
    ['/iiif/3/manifests/atlas', 'presentation/3', undefined],
    [INFO, 'image/3', undefined],
  ])('%s is JSON-LD with the profile of its version where that is wanted', async (path, context, unasked) => {
    const linkedData = `application/ld+json;profile="http://iiif.io/api/${context}/context.json"`;
    const json = 'application/json; charset=utf-8';
    for (const [accept, type] of [
      ['application/ld+json', linkedData],
      [linkedData, linkedData],
      [`${linkedData}, application/json;q=0.9`, linkedData],
      ['application/ld+json;profile="http://iiif.io/api/other.json", */*;q=0.1', json],
      ['*/*', json],
      ['text/html', json],
      [undefined, unasked ?? linkedData],
    ] as const) {
      const headers: Record<string, string> = accept === undefined ? {} : { accept };
      expect((await vitrine.ask(path, { headers })).headers['content-type'], accept).toBe(type);
    }
  });
});
