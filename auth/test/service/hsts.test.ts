import { expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

it('Strict-Transport-Security is left to the proxy, which says it once on every answer', async () => {
  const vitrine = await Vitrine.start({ env: { VIRTUAL_HOST_PROTO: 'https', DEMO: 'true' } });
  const pages = [
    '/',
    '/auth/iiif-login',
    '/auth/iiif-token',
    '/auth/admin/',
    '/auth/selftest',
    '/auth/logout',
    '/demo/',
  ];
  for (const path of [...pages, '/auth/iiif/2/token', '/iiif/images/atlas!page1.tif/info.json', '/nowhere']) {
    const { headers } = await vitrine.ask(path);
    expect(headers, path).not.toHaveProperty('strict-transport-security');
  }
  await vitrine.stop();
});
