import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer } from '../../support/ask.ts';
import { INFO, loginServiceOf } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const vitrine = Vitrine.forTests();

describe('Auth 1.0: the description', () => {
  let answer: Answer;
  beforeAll(async () => {
    answer = await vitrine.ask(INFO);
  });

  it('row 1: without credentials 401, with the full and true info.json as JSON', () => {
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toMatchObject({ protocol: 'http://iiif.io/api/image', width: 6000, height: 4000 });
    expect(answer.json()['tiles']).toHaveLength(1);
  });

  it('row 2: one service has the auth context and the login profile', () => {
    expect(loginServiceOf(answer)).toMatchObject({
      '@context': 'http://iiif.io/api/auth/1/context.json',
      profile: 'http://iiif.io/api/auth/1/login',
    });
  });

  it('row 3: it has a label that names the institution, and an @id', () => {
    expect(loginServiceOf(answer)['label']).toContain('Example Library');
    expect(loginServiceOf(answer)['@id']).toBe(`${vitrine.base}/auth/iiif-login`);
  });

  it('row 4: header, description and confirmLabel are there', () => {
    for (const name of ['header', 'description', 'confirmLabel', 'failureHeader', 'failureDescription']) {
      expect(loginServiceOf(answer)[name], name).toMatch(/\w/);
    }
  });

  it('row 5: the token service is nested in it', () => {
    expect(loginServiceOf(answer).service).toContainEqual({
      '@id': `${vitrine.base}/auth/iiif-token`,
      profile: 'http://iiif.io/api/auth/1/token',
    });
  });

  it('row 6: the logout service is nested in it, with a label', () => {
    expect(loginServiceOf(answer).service).toContainEqual({
      '@id': `${vitrine.base}/auth/logout`,
      profile: 'http://iiif.io/api/auth/1/logout',
      label: 'Log out of Example Library',
    });
  });

  it('row 7: the top @context is the one string of the Image API 2', () => {
    expect(answer.json()['@context']).toBe('http://iiif.io/api/image/2/context.json');
  });

  it.each(['atlas!page1.tif', 'atlas%2Fpage1.tif', 'atlas%21page1', 'atlas!page1'])(
    'row 8: @id is the address that was asked for (%s), with and without login',
    async (identifier) => {
      const { cookie } = await vitrine.logIn();
      for (const headers of [{}, { cookie }]) {
        const info = await vitrine.ask(`/iiif/images/${identifier}/info.json`, { headers: { ...headers } });
        expect(info.json()['@id']).toBe(`${vitrine.base}/iiif/images/${identifier}`);
      }
    },
  );

  it('row 9: no address of a service has a query or a fragment', () => {
    const login = loginServiceOf(answer);
    for (const service of [login, ...login.service]) expect(service['@id']).not.toMatch(/[?#]/);
  });

  it('row 11: an open image answers 200 to anybody, without auth services', async () => {
    const open = await Vitrine.start({ access: { '.': 'everyone' } });
    const info = await open.ask(INFO);
    expect(info.status).toBe(200);
    expect(info.json()).not.toHaveProperty('service');
    await open.stop();
  });
});
