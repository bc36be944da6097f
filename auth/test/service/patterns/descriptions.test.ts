// What info.json and manifests say of every pattern, in both versions.
import { describe, expect, it } from 'vitest';
import type { Service } from '../../support/auth1.ts';
import { askInfo, FOLDERS, image, patternsForTests, TIERED, tierOf, type Folder } from '../../support/patterns.ts';

const vitrine = patternsForTests();

type Found = Record<string, unknown>;

/** The folder, its profile in Auth 1.0 and 2.0, and the paths of the services that a viewer opens. */
const PROFILES: [Folder, string, string, string | undefined, string | undefined][] = [
  ['plain', 'login', 'active', '/auth/iiif-login', '/auth/iiif/2/access'],
  ['login', 'login', 'active', '/auth/iiif-login', '/auth/iiif/2/access'],
  ['terms', 'clickthrough', 'active', '/auth/iiif-clickthrough', '/auth/iiif/2/agree'],
  ['kiosk', 'kiosk', 'kiosk', '/auth/iiif-kiosk', '/auth/iiif/2/kiosk'],
  ['network', 'external', 'external', undefined, undefined],
  // There is no profile for "never"; a user who logs in gets 403 from the probe.
  ['never', 'login', 'active', '/auth/iiif-login', '/auth/iiif/2/access'],
];

/** Everything below a value that is an object, itself too. */
function objectsIn(value: unknown): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : [value as Found]), ...Object.values(value).flatMap(objectsIn)];
}

async function accessServiceOf(folder: Folder): Promise<Found & { service: Found[] }> {
  const [probe] = (await askInfo(vitrine, 3, image(folder))).json()['service'] as Service[];
  return probe?.service[0] as Found & { service: Found[] };
}

describe('Auth 1.0: the service in info.json', () => {
  it.each(PROFILES)('rows 1, 2, 3 and 5: of "%s" is %s', async (folder, profile, _, path) => {
    const answer = await askInfo(vitrine, 2, image(folder));
    expect(answer.status).toBe(401);
    const [service, ...others] = answer.json()['service'] as Service[];
    expect(others).toEqual([]);
    expect(service).toMatchObject({
      '@context': 'http://iiif.io/api/auth/1/context.json',
      profile: `http://iiif.io/api/auth/1/${profile}`,
      label: expect.stringContaining('Example Library'),
    });
    expect(service?.['@id']).toBe(path && vitrine.base + path);
    expect(service?.service.map((one) => one['profile'])).toEqual([
      'http://iiif.io/api/auth/1/token',
      'http://iiif.io/api/auth/1/logout',
    ]);
  });

  it('row 11: there is none where everybody may see the image', async () => {
    const answer = await askInfo(vitrine, 2, image('open'));
    expect([answer.status, 'service' in answer.json()]).toEqual([200, false]);
  });
});

describe('Flow 2.0: the services in info.json', () => {
  it.each(PROFILES)(
    'rows 55, 59 and 61: of "%s", in the other version %s, is %s',
    async (folder, _, profile, __, path) => {
      expect((await askInfo(vitrine, 3, image(folder))).status).toBe(200);
      const service = await accessServiceOf(folder);
      expect(service).toMatchObject({
        type: 'AuthAccessService2',
        profile,
        label: { en: [expect.stringContaining('Example Library')], de: [expect.stringContaining('Example Library')] },
      });
      expect(service['id']).toBe(path && vitrine.base + path);
      expect(service.service.map((one) => one['type'])).toEqual(['AuthAccessTokenService2', 'AuthLogoutService2']);
    },
  );

  it('row 60: an external access service has no id', async () => {
    for (const folder of ['network', 'network-tiered'] as const) {
      expect(await accessServiceOf(folder)).not.toHaveProperty('id');
    }
  });

  it('there is none where everybody may see the image, and one context', async () => {
    const info = (await askInfo(vitrine, 3, image('open'))).json();
    expect(info).not.toHaveProperty('service');
    expect(info['@context']).toBe('http://iiif.io/api/image/3/context.json');
  });
});

describe('every description of both versions', () => {
  it.each(FOLDERS)('rows 9, 10 and 71: of "%s" has what viewers need of its services', async (folder) => {
    for (const version of [2, 3] as const) {
      const info = (await askInfo(vitrine, version, TIERED.includes(folder) ? tierOf(folder) : image(folder))).json();
      const services = objectsIn(info['service']);
      for (const one of services.filter((each) => each['type'] === 'AuthProbeService2')) {
        expect(one['profile']).toEqual(expect.any(String));
        expect(one).toHaveProperty('errorHeading');
      }
      for (const one of services) {
        const id = one['@id'] ?? one['id'];
        if (id !== undefined) expect(id).toMatch(/^http:\/\/localhost:\d+\/[^?#]*$/);
        if ('errorNote' in one) expect(one).toHaveProperty('errorHeading');
      }
    }
  });

  it.each(FOLDERS)('row 68: the manifest of "%s" names the same services as its info.json', async (folder) => {
    for (const [path, version] of [
      [`/iiif/manifests/${folder}`, 2],
      [`/iiif/3/manifests/${folder}`, 3],
    ] as const) {
      const manifest = (await vitrine.ask(path)).json();
      const untiered = folder.replace('-tiered', '') as Folder;
      const info = (await askInfo(vitrine, version, image(untiered))).json();
      const body = objectsIn(manifest).findLast((one) => (one['@id'] ?? one['id']) === imageIn(version, folder));
      expect(authServicesIn(body?.['service'])).toEqual(authServicesIn(info['service']));
    }
  });

  const authServicesIn = (value: unknown): unknown[] =>
    objectsIn(value)
      .filter((one) => String(one['profile']).includes('/auth/') || String(one['type']).startsWith('Auth'))
      .map((one) => one['profile'] ?? one['type']);

  const imageIn = (version: 2 | 3, folder: Folder): string =>
    `${vitrine.base}/iiif/${version === 2 ? '' : '3/'}images/${image(folder)}`;
});
