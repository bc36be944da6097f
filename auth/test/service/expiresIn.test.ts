// A token never says that it lives longer than it does: lifetime of tokens, or what is left of the login or visit.
import jwt from 'jsonwebtoken';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  agree,
  askForToken,
  askInfo,
  AT_THE_KIOSK,
  enterKiosk,
  headersOf,
  image,
  IN_THE_NETWORK,
  probeStatus,
  patternsForTests,
  type Carried,
} from '../support/patterns.ts';

const SESSION = 1000;
const TOKEN = 600;

const vitrine = patternsForTests({ SESSION_LIFETIME: String(SESSION), TOKEN_LIFETIME: String(TOKEN) });
beforeEach(() => {
  vitrine.ahead = 0;
});

type Told = { readonly token: string; readonly expiresIn: number };

/** What all three doors say: the JSON of version 1, and the frames of both versions. */
async function told(carried: Carried): Promise<Told[]> {
  const json = (await vitrine.ask('/auth/iiif-token', { headers: headersOf(carried) })).json();
  const ours = vitrine.config.publicUrl;
  const all = [json, await askForToken(vitrine, 1, carried, ours), await askForToken(vitrine, 2, carried, ours)];
  return all.map(({ accessToken, expiresIn }) => ({ token: String(accessToken), expiresIn: Number(expiresIn) }));
}

/** Whole seconds, and the test itself takes its time. */
function expectAbout(said: readonly Told[], seconds: number): void {
  for (const { expiresIn } of said) {
    expect(expiresIn).toBeLessThanOrEqual(seconds);
    expect(expiresIn).toBeGreaterThan(seconds - 5);
    expect(Number.isInteger(expiresIn)).toBe(true);
  }
}

const LOGINS: [string, () => Promise<Carried>][] = [
  ['a login', async () => ({ cookie: (await vitrine.logIn()).cookie })],
  ['an agreement', async () => ({ cookie: await agree(vitrine) })],
  ['a kiosk', async () => ({ cookie: await enterKiosk(vitrine), address: AT_THE_KIOSK })],
];

describe('rows 21 and 89: expiresIn', () => {
  it.each(LOGINS)('of %s is the lifetime of tokens while there is more of it', async (_, arrive) => {
    expectAbout(await told(await arrive()), TOKEN);
  });

  it.each(LOGINS)('of %s is what is left of it in the end', async (_, arrive) => {
    const carried = await arrive();
    vitrine.ahead = (SESSION - 100) * 1000;
    const said = await told(carried);
    expectAbout(said, 100);
    for (const { token } of said) {
      const { exp } = jwt.decode(token) as { exp: number };
      const left = exp - (Date.now() + vitrine.ahead) / 1000;
      expect(left).toBeLessThanOrEqual(101);
      expect(left).toBeGreaterThan(90);
    }
  });

  it('holds: the token opens until then and not after', async () => {
    const carried = { cookie: (await vitrine.logIn()).cookie };
    vitrine.ahead = (SESSION - 100) * 1000;
    const [, one, two] = await told(carried);
    const opens = async (): Promise<boolean[]> => [
      (await askInfo(vitrine, 2, image('login'), { token: one?.token ?? '' })).status === 200,
      (await probeStatus(vitrine, image('login'), { token: two?.token ?? '' })) === 200,
    ];
    vitrine.ahead += ((one?.expiresIn ?? 0) - 5) * 1000;
    expect(await opens()).toEqual([true, true]);
    vitrine.ahead += 7000;
    expect(await opens()).toEqual([false, false]);
  });

  it('of two things is what is left of the one that ends first', async () => {
    const visit = await agree(vitrine);
    vitrine.ahead = (SESSION - 100) * 1000;
    const { cookie } = await vitrine.logIn();
    expectAbout(await told({ cookie: `${cookie}; ${visit}` }), 100);
  });

  it('of a place, which does not end, is the lifetime of tokens', async () => {
    vitrine.ahead = 10 * SESSION * 1000;
    expectAbout(await told({ address: IN_THE_NETWORK }), TOKEN);
  });

  it('is never less than one second', async () => {
    const carried = { cookie: (await vitrine.logIn()).cookie };
    const [session] = await vitrine.sessions.list();
    vitrine.ahead = (session?.expiresAt.getTime() ?? 0) - Date.now() - 900;
    const { expiresIn } = await askForToken(vitrine, 2, carried);
    expect([1, undefined]).toContain(expiresIn); // undefined where this took longer than what was left
  });
});
