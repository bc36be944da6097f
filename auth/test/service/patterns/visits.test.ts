// How long agreement and kiosk last, what their tokens open, and how they end; and the external pattern.
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { setCookies } from '../../support/ask.ts';
import {
  agree,
  askForToken,
  askInfo,
  askTile,
  AT_THE_KIOSK,
  ELSEWHERE,
  enterKiosk,
  headersOf,
  image,
  IN_THE_NETWORK,
  probeStatus,
  patternsForTests,
  startWithPatterns,
  tokenOf,
} from '../../support/patterns.ts';
import type { Vitrine } from '../../support/vitrine.ts';

const TERMS = image('terms');

const vitrine = patternsForTests();

/** Whether a visitor's cookie and their tokens of both versions open the image of the terms. */
async function opens(
  of: Vitrine,
  cookie: string,
  one: string | undefined,
  two: string | undefined,
): Promise<boolean[]> {
  return [
    (await askTile(of, TERMS, { cookie })).status === 200,
    (await askInfo(of, 2, TERMS, { token: String(one) })).status === 200,
    (await probeStatus(of, TERMS, { token: String(two) })) === 200,
  ];
}

describe('a visit', () => {
  it.each([1, 2] as const)(
    'rows 24 and 72: of the click-through of version %i: its tokens open both',
    async (version) => {
      const cookie = await agree(vitrine, version);
      const [one, two] = [await tokenOf(vitrine, 1, { cookie }), await tokenOf(vitrine, 2, { cookie })];
      expect(await opens(vitrine, cookie, one, two)).toEqual([true, true, true]);
      for (const token of [one, two])
        expect((await askTile(vitrine, TERMS, { token: String(token) })).status).toBe(401);
    },
  );

  it.each(['/auth/logout', '/auth/iiif/2/logout'])('rows 48, 49 and 99: ends with %s, tokens too', async (logout) => {
    const cookie = await agree(vitrine);
    const [one, two] = [await tokenOf(vitrine, 1, { cookie }), await tokenOf(vitrine, 2, { cookie })];
    const answer = await vitrine.ask(logout, { headers: headersOf({ cookie }) });
    expect(setCookies(answer).get('vitrine_visit')).toMatch(
      /^vitrine_visit=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=None$/,
    );
    expect(await opens(vitrine, cookie, one, two)).toEqual([false, false, false]);
    expect(await askForToken(vitrine, 2, { cookie })).toMatchObject({ profile: 'invalidAspect' });
  });

  it('ends with its own time, however much it is used', async () => {
    const brief = await startWithPatterns({ SESSION_LIFETIME: '600' });
    const cookie = await agree(brief);
    const [one, two] = [await tokenOf(brief, 1, { cookie }), await tokenOf(brief, 2, { cookie })];
    for (brief.ahead = 0; brief.ahead < 600_000; brief.ahead += 200_000) {
      expect(await opens(brief, cookie, one, two)).toEqual([true, true, true]);
      // Agreeing again takes no new visit, and adds no time to the one there is.
      await brief.ask('/auth/iiif-clickthrough', { headers: headersOf({ cookie }) });
    }
    brief.ahead = 601_000;
    expect(await opens(brief, cookie, one, two)).toEqual([false, false, false]);
    await brief.stop();
  });

  it('row 91: is expired, and not unknown, when its time is over', async () => {
    const brief = await startWithPatterns({ SESSION_LIFETIME: '600' });
    const cookie = await agree(brief);
    brief.ahead = 601_000;
    expect(await askForToken(brief, 2, { cookie })).toMatchObject({ profile: 'expiredAspect' });
    expect(await askForToken(brief, 1, { cookie })).toMatchObject({ error: 'invalidCredentials' });
    await brief.stop();
  });

  it('outlives a login that ends beside it only where the logout was not of this browser', async () => {
    const cookie = await agree(vitrine);
    const login = await vitrine.logIn();
    await vitrine.ask('/auth/logout', { headers: headersOf({ cookie: login.cookie }) });
    expect((await askTile(vitrine, TERMS, { cookie })).status).toBe(200);
    await vitrine.ask('/auth/logout', {
      headers: headersOf({ cookie: `${(await vitrine.logIn()).cookie}; ${cookie}` }),
    });
    expect((await askTile(vitrine, TERMS, { cookie })).status).toBe(401);
  });

  it('row 97: its tokens are all different, expire, and hold neither cookie nor address', async () => {
    const brief = await startWithPatterns({ TOKEN_LIFETIME: '600' });
    const cookie = await agree(brief);
    const [first, second] = [await tokenOf(brief, 2, { cookie }), await tokenOf(brief, 2, { cookie })];
    expect(first).not.toBe(second);
    const told = JSON.stringify(jwt.decode(String(first)));
    expect(told).not.toContain(cookie.replace('vitrine_visit=', ''));
    expect(told).not.toContain(ELSEWHERE);
    expect(await probeStatus(brief, TERMS, { token: String(first) })).toBe(200);
    brief.ahead = 601_000;
    expect(await probeStatus(brief, TERMS, { token: String(first) })).toBe(401);
    expect((await askTile(brief, TERMS, { cookie })).status).toBe(200);
    await brief.stop();
  });
});

describe('a kiosk', () => {
  it('rows 35 and 73: neither its cookie nor its tokens open anything outside', async () => {
    const cookie = await enterKiosk(vitrine);
    const inside = { address: AT_THE_KIOSK, cookie };
    const [one, two] = [await tokenOf(vitrine, 1, inside), await tokenOf(vitrine, 2, inside)];
    const id = image('kiosk');
    expect(await probeStatus(vitrine, id, { address: AT_THE_KIOSK, token: String(two) })).toBe(200);
    expect((await askInfo(vitrine, 2, id, { address: AT_THE_KIOSK, token: String(one) })).status).toBe(200);
    expect(await probeStatus(vitrine, id, { token: String(two) })).toBe(401);
    expect((await askInfo(vitrine, 2, id, { token: String(one) })).status).toBe(401);
    expect((await askTile(vitrine, id, { cookie })).status).toBe(401);
  });

  it('opens nothing to an address alone', async () => {
    expect((await askTile(vitrine, image('kiosk'), { address: AT_THE_KIOSK })).status).toBe(401);
  });
});

describe('an external place', () => {
  const id = image('network');
  const fromOurs = (version: 1 | 2, address: string) =>
    tokenOf(vitrine, version, { address }, vitrine.config.publicUrl);

  it('row 100: gives a token there without any cookie, and elsewhere none', async () => {
    for (const address of [IN_THE_NETWORK, `::ffff:${IN_THE_NETWORK}`]) {
      const token = String(await fromOurs(2, address));
      expect(await probeStatus(vitrine, id, { address, token })).toBe(200);
      expect((await askTile(vitrine, id, { address })).status).toBe(200);
    }
    expect(await askForToken(vitrine, 2, {})).toMatchObject({ profile: 'missingAspect' });
    expect(await askForToken(vitrine, 1, {})).toMatchObject({ error: 'missingCredentials' });
  });

  it('row 100: the token of Auth 1.0 is given there too, and carried away it opens nothing', async () => {
    const token = String(await fromOurs(1, IN_THE_NETWORK));
    expect((await askInfo(vitrine, 2, id, { address: IN_THE_NETWORK, token })).status).toBe(200);
    expect((await askInfo(vitrine, 2, id, { token })).status).toBe(401);
    expect(await probeStatus(vitrine, id, { token: String(await fromOurs(2, IN_THE_NETWORK)) })).toBe(401);
  });

  it('opens its own folder only', async () => {
    for (const folder of ['login', 'terms', 'kiosk', 'never'] as const) {
      expect((await askTile(vitrine, image(folder), { address: IN_THE_NETWORK })).status).not.toBe(200);
    }
  });
});
