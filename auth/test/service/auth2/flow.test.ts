// Rows 86 to 99 of the list of checks: access, token and logout of the Authorization Flow 2.0.
import jwt from 'jsonwebtoken';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../support/ask.ts';
import { setCookies } from '../../support/ask.ts';
import { askToken, posted, TILE, tokenFor as token1For, VIEWER } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const PROBE = '/auth/iiif/2/probe/atlas!page1.tif';
const CONTEXT = 'http://iiif.io/api/auth/2/context.json';

const vitrine = Vitrine.forTests();

const frame = (query: string, cookie?: string): Promise<Answer> =>
  vitrine.ask(`/auth/iiif/2/token?${query}`, cookie === undefined ? {} : { headers: { cookie } });

async function tokenFor(cookie: string): Promise<string> {
  return posted(await frame(`messageId=1&origin=${VIEWER}`, cookie)).message['accessToken'] as string;
}

const probe = (authorization?: string, path = PROBE): Promise<Answer> =>
  vitrine.ask(path, authorization === undefined ? {} : { headers: { authorization } });

const statusOf = async (answer: Promise<Answer>): Promise<unknown> => (await answer).json()['status'];

describe('Flow 2.0: the access service', () => {
  it('row 86: shows a form, and a page with a button to a visitor who is logged in already', async () => {
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

describe('Flow 2.0: the access token service', () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = (await vitrine.logIn()).cookie;
  });

  it('rows 88 and 89: 200 HTML that posts AuthAccessToken2 to the origin', async () => {
    const answer = await frame(`messageId=ae3415&origin=${VIEWER}`, cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(posted(answer)).toEqual({
      origin: VIEWER,
      message: {
        '@context': CONTEXT,
        type: 'AuthAccessToken2',
        messageId: 'ae3415',
        accessToken: expect.any(String),
        expiresIn: 3600,
      },
    });
  });

  it('rows 90 and 94: without cookie missingAspect, with heading and note in language maps', async () => {
    const answer = await frame(`messageId=1&origin=${VIEWER}`);
    expect(answer.status).toBe(200);
    expect(posted(answer).message).toEqual({
      '@context': CONTEXT,
      type: 'AuthAccessTokenError2',
      profile: 'missingAspect',
      messageId: '1',
      heading: { en: [expect.any(String)], de: [expect.any(String)] },
      note: { en: [expect.any(String)], de: [expect.any(String)] },
    });
  });

  it('row 91: a garbled cookie is invalidAspect, that of a session whose time is over expiredAspect', async () => {
    for (const garbage of ['vitrine_access=x', `vitrine_access=${'A'.repeat(43)}`]) {
      expect(posted(await frame(`messageId=1&origin=${VIEWER}`, garbage)).message['profile']).toBe('invalidAspect');
    }
    const brief = await Vitrine.start({ env: { SESSION_LIFETIME: '600' } });
    const session = await brief.logIn();
    brief.ahead = 601_000;
    const page = await brief.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, {
      headers: { cookie: session.cookie },
    });
    expect(posted(page).message['profile']).toBe('expiredAspect');
    await brief.stop();
  });

  it.each([
    ['invalidRequest', ''],
    ['invalidRequest', 'messageId=1'],
    ['invalidRequest', `origin=${VIEWER}`],
    ['invalidRequest', `messageId=1&messageId=2&origin=${VIEWER}`],
    ['invalidOrigin', 'messageId=1&origin=*'],
    ['invalidOrigin', 'messageId=1&origin=null'],
    ['invalidOrigin', 'messageId=1&origin=/'],
    ['invalidOrigin', 'messageId=1&origin=javascript:alert(1)'],
    ['invalidOrigin', `messageId=1&origin=https://${'a'.repeat(5000)}`],
  ])('rows 92 and 98: %s for %.50s, HTTP 200, and no token to anybody', async (profile, query) => {
    const answer = await frame(query, cookie);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: null, message: { type: 'AuthAccessTokenError2', profile } });
    expect(answer.body).not.toMatch(/"accessToken"|eyJhbGci/);
  });

  it('row 93: where the database does not answer: unavailable', async () => {
    const broken = await Vitrine.start();
    const session = await broken.logIn();
    await broken.losesDatabase();
    const page = await broken.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, {
      headers: { cookie: session.cookie },
    });
    expect(page.status).toBe(200);
    expect(posted(page)).toMatchObject({ origin: VIEWER, message: { profile: 'unavailable' } });
    await broken.stop();
  });

  it('row 95: the token opens no info.json, no image and no panel', async () => {
    const authorization = `Bearer ${await tokenFor(cookie)}`;
    expect((await vitrine.tile(TILE, { authorization })).status).toBe(401);
    expect((await vitrine.ask('/iiif/images/atlas!page1.tif/info.json', { headers: { authorization } })).status).toBe(
      401,
    );
    expect((await vitrine.ask('/auth/admin/', { headers: { authorization } })).status).toBe(401);
  });

  it('row 96: a token of Auth 1.0 counts as none at the probe', async () => {
    const token = await token1For(vitrine.base, cookie);
    const content = (await askToken(vitrine.base, '', cookie)).json()['accessToken'] as string;
    for (const each of [token, content]) expect(await statusOf(probe(`Bearer ${each}`))).toBe(401);
  });

  it('row 97: no two tokens are the same, and none holds anything personal', async () => {
    const [one, other] = [await tokenFor(cookie), await tokenFor(cookie)];
    expect(one).not.toBe(other);
    expect(JSON.stringify(jwt.decode(one))).not.toMatch(/reader|Reader/);
  });

  it('row 98: may be framed by anybody, its script may run, nobody keeps it, and markup is inert', async () => {
    const answer = await frame(
      `messageId=${encodeURIComponent('</script><script>alert(1)</script>')}&origin=${VIEWER}`,
      cookie,
    );
    expect(answer.headers).not.toHaveProperty('x-frame-options');
    expect(String(answer.headers['content-security-policy'])).toContain('frame-ancestors *');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body.match(/<script/g)).toHaveLength(1);
    expect(posted(answer).message['messageId']).toBe('</script><script>alert(1)</script>');
  });
});

describe('Flow 2.0: logout', () => {
  it('row 99: ends the session, deletes the cookies, and the token counts as none', async () => {
    const { cookie } = await vitrine.logIn();
    const authorization = `Bearer ${await tokenFor(cookie)}`;
    expect(await statusOf(probe(authorization))).toBe(200);
    const answer = await vitrine.ask('/auth/iiif/2/logout', { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect([...setCookies(answer).keys()]).toEqual([
      'vitrine_access',
      'vitrine_access_lax',
      'vitrine_visit',
      'vitrine_visit_lax',
      'vitrine_account',
    ]);
    expect(await statusOf(probe(authorization))).toBe(401);
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
  });
});
