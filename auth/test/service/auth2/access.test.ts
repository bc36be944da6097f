// Rows 86 and 87 of the list of checks: the access service of the Authorization Flow 2.0.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VIEWER } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start();
});
afterAll(() => vitrine.stop());

describe('Flow 2.0: the access service', () => {
  it('row 86: shows a form, and a page with a button to who is logged in already', async () => {
    const form = await vitrine.ask(`/auth/iiif/2/access?origin=${VIEWER}`);
    expect(form.body).toContain('<form method="post"');
    const { cookie } = await vitrine.logIn();
    const known = await vitrine.ask(`/auth/iiif/2/access?origin=${VIEWER}`, { headers: { cookie } });
    expect(known.body).toContain('<button type="button"');
    expect(known.body).toMatch(/addEventListener\('click', \(\) => window\.close\(\)\)/);
    expect(known.headers).not.toHaveProperty('cross-origin-opener-policy');
  });

  it('row 87: a viewer on this host is closed to at once', async () => {
    const { cookie } = await vitrine.logIn();
    const answer = await vitrine.ask(`/auth/iiif/2/access?origin=${encodeURIComponent(vitrine.base)}`, {
      headers: { cookie },
    });
    expect(answer.body).toContain('window.close();');
    expect(answer.body).not.toContain('<button');
  });
});
