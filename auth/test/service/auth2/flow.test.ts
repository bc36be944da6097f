// Rows 69 to 99 of the list of checks: probe, access, token and logout of the Authorization Flow 2.0.
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countHeader, setCookies, type Answer } from '../../support/ask.ts';
import { askToken, posted, TILE, tokenFor as token1For, VIEWER } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const PROBE = '/auth/iiif/2/probe/atlas!page1.tif';
const CONTEXT = 'http://iiif.io/api/auth/2/context.json';

let vitrine: Vitrine;
beforeAll(async () => {
  vitrine = await Vitrine.start();
});
afterAll(() => vitrine.stop());

const frame = (query: string, cookie?: string): Promise<Answer> =>
  vitrine.ask(`/auth/iiif/2/token?${query}`, cookie === undefined ? {} : { headers: { cookie } });

async function tokenFor(cookie: string): Promise<string> {
  return posted(await frame(`messageId=1&origin=${VIEWER}`, cookie)).message['accessToken'] as string;
}

const probe = (authorization?: string, path = PROBE): Promise<Answer> =>
  vitrine.ask(path, authorization === undefined ? {} : { headers: { authorization } });

const statusOf = async (answer: Promise<Answer>): Promise<unknown> => (await answer).json()['status'];

describe('Flow 2.0: the probe', () => {
  it('rows 69 and 70: without a token HTTP 200, and inside 401 with heading and note', async () => {
    const answer = await probe();
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toEqual({
      '@context': CONTEXT,
      type: 'AuthProbeResult2',
      status: 401,
      heading: { en: ['Only for registered users'], de: ['Nur für angemeldete Nutzer'] },
      note: { en: [expect.any(String)], de: [expect.any(String)] },
    });
  });

  it('rows 72 and 80: with a valid token the status is 200, and nothing else is there', async () => {
    const { cookie } = await vitrine.logIn();
    const answer = await probe(`Bearer ${await tokenFor(cookie)}`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ '@context': CONTEXT, type: 'AuthProbeResult2', status: 200 });
  });

  it.each(['Bearer undefined', 'Bearer a.b.c', '', 'Basic x', `Bearer ${'x'.repeat(3000)}`])(
    'row 73: Authorization %j counts as none',
    async (authorization) => {
      const answer = await probe(authorization);
      expect(answer.status).toBe(200);
      expect(answer.json()['status']).toBe(401);
    },
  );

  it('row 73: an expired token and one of another server count as none', async () => {
    const late = await Vitrine.start();
    const { cookie } = await late.logIn();
    const page = await late.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
    const headers = { authorization: `Bearer ${String(posted(page).message['accessToken'])}` };
    expect((await late.ask(PROBE, { headers })).json()['status']).toBe(200);
    expect((await vitrine.ask(PROBE, { headers })).json()['status']).toBe(401);
    late.ahead = 3601 * 1000;
    expect((await late.ask(PROBE, { headers })).json()['status']).toBe(401);
    await late.stop();
  });

  it('row 74: the token of a user who may not see it gives 403', async () => {
    const closed = await Vitrine.start({ rules: [{ name: 'closed', judge: () => 'deny' }] });
    const { cookie } = await closed.logIn();
    const page = await closed.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
    const answer = await closed.ask(PROBE, {
      headers: { authorization: `Bearer ${String(posted(page).message['accessToken'])}` },
    });
    expect(answer.json()).toMatchObject({ status: 403, heading: { en: [expect.any(String)] } });
    await closed.stop();
  });

  it('row 75: an open image gives 200 to anybody', async () => {
    const open = await Vitrine.start({ rules: [{ name: 'open', judge: () => 'allow' }] });
    expect((await open.ask(PROBE)).json()['status']).toBe(200);
    await open.stop();
  });

  it.each([
    [404, 'none.tif'],
    [404, 'atlas!none'],
    [400, '..'],
    [400, 'atlas%252Fpage1.tif'],
    [400, 'atlas;x!page1.tif'],
  ])('row 76: an unknown or wrong identifier gives HTTP 200 with %i inside (%s)', async (status, identifier) => {
    const answer = await probe(undefined, `/auth/iiif/2/probe/${identifier}`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ type: 'AuthProbeResult2', status });
  });

  it('row 71: a note never stands without a heading', async () => {
    for (const path of [PROBE, '/auth/iiif/2/probe/none', '/auth/iiif/2/probe/..']) {
      const result = (await probe(undefined, path)).json();
      expect('note' in result).toBe('heading' in result);
    }
  });

  it('row 83: OPTIONS answers 204 without login, and names Authorization', async () => {
    const answer = await vitrine.ask(PROBE, {
      method: 'OPTIONS',
      headers: {
        origin: VIEWER,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-allow-headers']).toContain('Authorization');
  });

  it('row 84: one Access-Control-Allow-Origin, and nobody keeps the answer', async () => {
    const answer = await vitrine.ask(PROBE, { headers: { origin: VIEWER } });
    expect(countHeader(answer, 'Access-Control-Allow-Origin')).toBe(1);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('row 85: the cookie does not count at the probe', async () => {
    const { cookie } = await vitrine.logIn();
    expect((await vitrine.ask(PROBE, { headers: { cookie } })).json()['status']).toBe(401);
  });

  it('is 503 inside where the database does not answer', async () => {
    const broken = await Vitrine.start();
    const { cookie } = await broken.logIn();
    const page = await broken.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
    const headers = { authorization: `Bearer ${String(posted(page).message['accessToken'])}` };
    await broken.losesDatabase();
    const answer = await broken.ask(PROBE, { headers });
    expect([answer.status, answer.json()['status']]).toEqual([200, 503]);
    await broken.stop();
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
    expect(answer.body).not.toMatch(/"accessToken"|eyJ/);
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
    expect([...setCookies(answer).keys()]).toEqual(['vitrine_access', 'vitrine_visit', 'vitrine_account']);
    expect(await statusOf(probe(authorization))).toBe(401);
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
  });
});
