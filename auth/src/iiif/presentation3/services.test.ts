import { describe, expect, it } from 'vitest';
import type { Pattern } from '../../access/rules.ts';
import { textsFor } from '../texts.ts';
import { firstWholeThenNamed, imageServices } from './services.ts';

const HOST = 'https://images.example';
const PATTERNS: readonly Pattern[] = ['login', 'clickthrough', 'kiosk', 'external'];
const texts = textsFor('Vitrine');
const image = (kind: Pattern | 'open') => ({
  path: ['a.tif'],
  width: 1,
  height: 1,
  accessMethod: kind === 'open' ? { kind } : { kind, tier: undefined },
});

type Found = Record<string, unknown>;

/** Services, and the services within them, however deep. */
function all(services: readonly object[]): Found[] {
  return services.flatMap((one) => [{ ...one }, ...('service' in one ? all(one.service as object[]) : [])]);
}

describe('the services of images in a manifest', () => {
  const servicesOf = (kind: Pattern | 'open', accessOf = firstWholeThenNamed(HOST, texts)) => {
    const [image2, image3] = imageServices(HOST, image(kind), accessOf) as unknown as [Found, Found];
    const [probe] = (image3['service'] ?? []) as Found[];
    return { auth1: image2['service'] as Found[], probe, auth2: probe?.['service'] as Found[] };
  };

  it.each(PATTERNS)('%s: whole where they come first, each with an address and a type', (kind) => {
    const { auth1, probe, auth2 } = servicesOf(kind);
    for (const one of all([...auth1, ...auth2])) {
      expect(one['id'] ?? one['@id'], JSON.stringify(one)).toMatch(/^https:\/\/images\.example\/auth\//);
      expect(one['type'] ?? one['@type']).toMatch(/^Auth\w+[12]$/);
    }
    expect(all(auth1)).toHaveLength(3);
    expect(all(auth2)).toHaveLength(3);
    expect(auth1).toMatchObject([{ profile: `http://iiif.io/api/auth/1/${kind}`, label: expect.any(String) }]);
    expect(probe).toMatchObject({ id: `${HOST}/auth/iiif/2/probe/a.tif`, type: 'AuthProbeService2' });
  });

  it('and by their names after that, whatever patterns stand between', () => {
    const accessOf = firstWholeThenNamed(HOST, texts);
    const whole = PATTERNS.map((kind) => servicesOf(kind, accessOf));
    for (const [index, kind] of PATTERNS.entries()) {
      const { auth1, auth2 } = servicesOf(kind, accessOf);
      expect(auth1.map((one) => Object.keys(one))).toEqual([['@id', '@type', 'profile']]);
      expect(auth2.map((one) => Object.keys(one))).toEqual([['id', 'type']]);
      expect(whole[index]?.auth1).toMatchObject(auth1);
      expect(whole[index]?.auth2).toMatchObject(auth2);
    }
    const names = whole.flatMap(({ auth1, auth2 }) => [auth1[0]?.['@id'], auth2[0]?.['id']]);
    expect(new Set(names).size).toBe(2 * PATTERNS.length);
  });

  it('an open image has none to get access', () => {
    expect(all(imageServices(HOST, image('open'), firstWholeThenNamed(HOST, texts)))).toHaveLength(2);
  });
});
