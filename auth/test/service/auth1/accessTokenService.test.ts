import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer } from '../../support/ask.ts';
import { INFO, TILE, VIEWER, askToken, posted, tokenFor } from '../../support/auth1.ts';
import { READER, Vitrine } from '../../support/vitrine.ts';

const vitrine = Vitrine.forTests();

const frame = (query: string, cookie?: string): Promise<Answer> => askToken(vitrine.base, query, cookie);

describe('Auth 1.0: the access token service', () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = (await vitrine.logIn()).cookie;
  });

  it('row 21: with the cookie and without messageId: JSON with token and lifetime', async () => {
    const answer = await frame('', cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toEqual({ accessToken: expect.any(String), expiresIn: 3600 });
  });

  it('row 22: without cookie: 401 missingCredentials', async () => {
    const answer = await frame('');
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ error: 'missingCredentials' });
  });

  it.each([
    'vitrine_access=garbage',
    'vitrine_access=',
    `vitrine_access=${'A'.repeat(43)}`,
    `vitrine_access=${'x'.repeat(4000)}`,
  ])('row 23: with a cookie that is none of ours: 401 invalidCredentials', async (garbage) => {
    const answer = await frame('', garbage);
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ error: 'invalidCredentials' });
  });

  it('row 24: the token opens the info.json', async () => {
    const answer = await vitrine.ask(INFO, {
      headers: { authorization: `Bearer ${await tokenFor(vitrine.base, cookie)}` },
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ width: 6000, height: 4000 });
  });

  it('row 25: with messageId and origin: 200 HTML that posts messageId (a string) and token to that origin', async () => {
    const answer = await frame(`messageId=1&origin=${VIEWER}`, cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.body).toContain('window.parent.postMessage(message, origin)');
    expect(posted(answer)).toEqual({
      origin: VIEWER,
      message: { messageId: '1', accessToken: expect.any(String), expiresIn: 3600 },
    });
  });

  it('rows 26 and 27: without cookie HTTP 200 all the same, and the error is posted with the messageId', async () => {
    const answer = await frame(`messageId=1&origin=${VIEWER}`);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: VIEWER, message: { error: 'missingCredentials', messageId: '1' } });
  });

  it('row 28: an origin with a slash is the origin without it', async () => {
    expect(posted(await frame(`messageId=1&origin=${VIEWER}/`, cookie)).origin).toBe(VIEWER);
  });

  it.each([
    '*',
    '/',
    'null',
    '',
    'javascript:alert(1)',
    'https://ok.example@evil.example',
    'ftp://a.example',
    `https://${'x'.repeat(300)}`,
  ])('row 29: origin %j gets no token, and nothing is posted to anybody', async (origin) => {
    const answer = await frame(`messageId=1&origin=${encodeURIComponent(origin)}`, cookie);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: null, message: { error: 'invalidOrigin' } });
    expect(answer.body).not.toMatch(/accessToken|eyJhbGci/);
  });

  it.each([
    'messageId=1',
    `messageId=1&origin=${VIEWER}&origin=https://evil.example`,
    `messageId=1&messageId=2&origin=${VIEWER}`,
    `messageId=${'x'.repeat(2001)}&origin=${VIEWER}`,
  ])('row 29: %s is an invalidRequest without token', async (query) => {
    const answer = await frame(query, cookie);
    expect(answer.status).toBe(200);
    expect(posted(answer)).toMatchObject({ origin: null, message: { error: 'invalidRequest' } });
    expect(answer.body).not.toMatch(/accessToken|eyJhbGci/);
  });

  it('row 29: a messageId of 10 kB is an invalidRequest', async () => {
    const answer = await frame(`messageId=${'x'.repeat(10_000)}&origin=${VIEWER}`, cookie);
    expect(posted(answer)).toMatchObject({ origin: null, message: { error: 'invalidRequest' } });
  });

  it.each(['</script><script>alert(1)</script>', `"';alert(1)//`, '<!--<script>', '\u2028alert(1)', '&lt;'])(
    'row 30: messageId %j is no markup and comes back as it was',
    async (messageId) => {
      const answer = await frame(`messageId=${encodeURIComponent(messageId)}&origin=${VIEWER}`, cookie);
      expect(answer.body.match(/<script/g)).toHaveLength(1);
      expect(answer.body.match(/<\/script/g)).toHaveLength(1);
      expect(answer.body).not.toContain('\u2028');
      expect(posted(answer).message['messageId']).toBe(messageId);
    },
  );

  it('row 30: markup in the origin is not echoed', async () => {
    const answer = await frame(
      `messageId=1&origin=${encodeURIComponent('https://a</script><script>alert(1)</script>')}`,
      cookie,
    );
    expect(answer.body.match(/<script/g)).toHaveLength(1);
    expect(posted(answer).origin).toBeNull();
  });

  it('row 31: the token service’s own address as messageId (Mirador), encoded and raw, comes back as it is', async () => {
    const address = `${vitrine.base}/auth/iiif-token`;
    for (const written of [encodeURIComponent(address), address]) {
      expect(posted(await frame(`messageId=${written}&origin=${VIEWER}`, cookie)).message['messageId']).toBe(address);
    }
  });

  it('row 32: the page may be framed by anybody, its script may run, nobody keeps it', async () => {
    for (const answer of [
      await frame(`messageId=1&origin=${VIEWER}`, cookie),
      await frame(`messageId=1&origin=${VIEWER}`),
    ]) {
      expect(answer.headers).not.toHaveProperty('x-frame-options');
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain('frame-ancestors *');
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'missing';
      expect(answer.body).toContain(`<script nonce="${nonce}">`);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('row 34: the token is not the cookie and does not hold it', async () => {
    const token = await tokenFor(vitrine.base, cookie);
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const access = /vitrine_access=([^;]+)/.exec(cookie)?.[1] ?? 'missing';
    expect(token).not.toContain(access);
    expect(claims).not.toContain(access);
    expect(claims).not.toContain(READER.email);
  });

  it('row 35: the token that a script could read opens no image', async () => {
    const answer = await vitrine.tile(TILE, { authorization: `Bearer ${await tokenFor(vitrine.base, cookie)}` });
    expect(answer.status).toBe(401);
  });

  it('row 35: the token of a client that asked for JSON does, and so does one posted to this very site', async () => {
    const plain = (await frame('', cookie)).json()['accessToken'] as string;
    for (const token of [plain, await tokenFor(vitrine.base, cookie, vitrine.base)]) {
      const answer = await vitrine.tile(TILE, { authorization: `Bearer ${token}` });
      expect(answer.status).toBe(200);
    }
  });

  it('row 36: the cookie opens an image without any token', async () => {
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
  });

  it('row 37: an image request without anything is 401 with a short JSON body, no picture, no redirect', async () => {
    const answer = await vitrine.tile(TILE);
    expect(answer.status).toBe(401);
    expect(JSON.parse(String(answer.headers['x-deny-body']))).toEqual({
      error: 'login_required',
      message: expect.any(String),
    });
    expect(answer.headers).not.toHaveProperty('location');
  });

  it.each([
    'Bearer undefined',
    'Bearer',
    '',
    'Basic x',
    'Basic YTpi',
    `Bearer ${'x'.repeat(60)}`,
    'Bearer a.b.c',
    'Bearer ..',
  ])('row 38: Authorization %j counts as none', async (authorization) => {
    for (const headers of [{}, { cookie }]) {
      const without = await vitrine.tile(TILE, { ...headers });
      expect((await vitrine.tile(TILE, { ...headers, authorization })).status).toBe(without.status);
      const info = await vitrine.ask(INFO, { headers: { ...headers } });
      expect((await vitrine.ask(INFO, { headers: { ...headers, authorization } })).body).toBe(info.body);
    }
  });

  it('row 39: an expired token counts as none', async () => {
    const late = await Vitrine.start();
    const session = await late.logIn();
    const token = posted(
      await late.ask(`/auth/iiif-token?messageId=1&origin=${VIEWER}`, { headers: { cookie: session.cookie } }),
    ).message['accessToken'];
    const headers = { authorization: `Bearer ${String(token)}` };
    expect((await late.ask(INFO, { headers })).status).toBe(200);
    late.ahead = 3601 * 1000;
    expect((await late.ask(INFO, { headers })).status).toBe(401);
    await late.stop();
  });

  it('row 40: where the database does not answer: 503 unavailable, in the frame 200 and unavailable', async () => {
    const broken = await Vitrine.start();
    const session = await broken.logIn();
    await broken.losesDatabase();
    const direct = await broken.ask('/auth/iiif-token', { headers: { cookie: session.cookie } });
    expect(direct.status).toBe(503);
    expect(direct.json()).toMatchObject({ error: 'unavailable' });
    const framed = await broken.ask(`/auth/iiif-token?messageId=1&origin=${VIEWER}`, {
      headers: { cookie: session.cookie },
    });
    expect(framed.status).toBe(200);
    expect(posted(framed)).toMatchObject({ origin: VIEWER, message: { error: 'unavailable', messageId: '1' } });
    expect((await broken.tile(TILE, { cookie: session.cookie })).status).toBe(500);
    expect((await broken.ask(INFO, { headers: { cookie: session.cookie } })).status).toBe(503);
    await broken.stop();
  });
});
