import { describe, expect, it } from 'vitest';
import type { Pattern } from '../../access/rules.ts';
import { textsFor } from '../texts.ts';
import { imageServices } from './services.ts';

const HOST = 'https://images.example';
const texts = textsFor('Vitrine');

/** Services, and the services within them, however deep. */
function all(services: readonly object[]): Record<string, unknown>[] {
  return services.flatMap((one) => [{ ...one }, ...('service' in one ? all(one.service as object[]) : [])]);
}

describe('the services of an image in a manifest', () => {
  it.each<Pattern>(['login', 'clickthrough', 'kiosk', 'external'])('%s: each has an address and a type', (kind) => {
    const image = { path: ['a.tif'], width: 1, height: 1, way: { kind, tier: undefined } };
    const services = all(imageServices(HOST, image, texts));
    expect(services.length).toBeGreaterThan(7);
    for (const one of services) {
      expect(one['id'] ?? one['@id'], JSON.stringify(one)).toMatch(/^https:\/\/images\.example\/(auth|iiif)\//);
      expect(one['type'] ?? one['@type']).toMatch(/^[A-Z]\w+[123]$/);
    }
  });

  it('an open image has none to get access', () => {
    const image = { path: ['a.tif'], width: 1, height: 1, way: { kind: 'open' as const } };
    expect(all(imageServices(HOST, image, texts))).toHaveLength(2);
  });
});
