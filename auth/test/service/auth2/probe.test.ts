// Rows 69 to 85 of the list of checks: the probe of the Authorization Flow 2.0.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../support/ask.ts';
import { countHeader } from '../../support/ask.ts';
import { posted, VIEWER } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const PROBE = '/auth/iiif/2/probe/atlas!page1.tif';
const CONTEXT = 'http://iiif.io/api/auth/2/context.json';

const vitrine = Vitrine.forTests();

async function tokenFor(cookie: string): Promise<string> {
  const page = await vitrine.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
  return posted(page).message['accessToken'] as string;
}

const probe = (authorization?: string, path = PROBE): Promise<Answer> =>
  vitrine.ask(path, authorization === undefined ? {} : { headers: { authorization } });

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
    const closed = await Vitrine.start({ access: { '.': 'nobody' } });
    const { cookie } = await closed.logIn();
    const page = await closed.ask(`/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { headers: { cookie } });
    const answer = await closed.ask(PROBE, {
      headers: { authorization: `Bearer ${String(posted(page).message['accessToken'])}` },
    });
    expect(answer.json()).toMatchObject({ status: 403, heading: { en: [expect.any(String)] } });
    await closed.stop();
  });

  it('row 75: an open image gives 200 to anybody', async () => {
    const open = await Vitrine.start({ access: { '.': 'everyone' } });
    expect((await open.ask(PROBE)).json()['status']).toBe(200);
    await open.stop();
  });

  it.each([
    [404, 'none.tif'],
    [404, 'atlas!none'],
    [400, '..'],
    [404, 'atlas%252Fpage1.tif'],
    [404, 'atlas;x!page1.tif'],
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
