// What the overview of the panel warns of, from what was asked of the service.
import { describe, expect, it } from 'vitest';
import { ADMIN, Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests({
  env: { TRUSTED_PROXIES: '10.1.0.5' },
  access: { theses: [{ who: { networks: '10.1.0.0/16' } }], atlas: 'everyone' },
});

type Warnings = { readonly warnings: readonly { readonly kind: string }[] };

const warned = async () => {
  const { cookie } = await vitrine.logIn(ADMIN);
  const answer = await vitrine.ask('/auth/admin/api/dashboard', { headers: { cookie } });
  return (answer.json() as Warnings).warnings;
};

describe('the overview', () => {
  it('warns of a range that holds a proxy, of folders that are gone, and of one address for all', async () => {
    await vitrine.rules.refresh();
    const range = { kind: 'proxyInRange', rule: 'access.yml: theses', network: '10.1.0.0/16', proxy: '10.1.0.5' };
    const gone = { kind: 'gone', rule: 'access.yml: theses', path: 'theses', meant: '', moved: '' };
    expect(await warned()).toEqual([range, gone]);
    for (let tile = 0; tile < 100; tile += 1)
      await vitrine.tile('/iiif/images/atlas!page1.tif/full/100,/0/default.jpg', { 'x-forwarded-for': '192.0.2.7' });
    const before = await warned();
    expect(before).toEqual([
      range,
      { kind: 'oneAddress', address: '192.0.2.7', requests: expect.any(Number) as number },
      gone,
    ]);
    await vitrine.tile('/iiif/images/atlas!page1.tif/full/100,/0/default.jpg', { 'x-forwarded-for': '192.0.2.8' });
    expect(await warned()).toEqual([range, gone]);
  });
});
