// Row 82: the probe says 200 exactly when the image opens, the description of Auth 1.0 too, and the rules agree.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../../src/access/decide.ts';
import { anonymous, type Subject } from '../../../src/access/subject.ts';
import {
  agree,
  askInfo,
  askProbe,
  askTile,
  AT_THE_KIOSK,
  cookielessToken,
  ELSEWHERE,
  enterKiosk,
  FOLDERS,
  headersOf,
  image,
  IN_THE_NETWORK,
  open,
  probeStatus,
  startWithPatterns,
  TIER,
  TIERED,
  tierOf,
  tokenOf,
  type Folder,
} from '../../support/patterns.ts';
import type { Vitrine } from '../../support/vitrine.ts';

/** What a visitor is to the rules, how they come to be it, and what they see of what is not open to everybody. */
type Kind = {
  readonly subject?: Partial<Subject>;
  readonly address?: string;
  /** Where they fetched their cookies and tokens; `address` where nothing is said. */
  readonly cameFrom?: string;
  readonly cookie?: (vitrine: Vitrine) => Promise<string>;
  /** What happens before they ask. */
  readonly then?: (vitrine: Vitrine, cookie: string) => Promise<unknown>;
  readonly sees: readonly string[];
};

const LIFETIME = 600;
const user = { kind: 'user', id: 'somebody', email: 'somebody@example.org', active: true, roles: [] } as const;
const logIn = async (vitrine: Vitrine): Promise<string> => (await vitrine.logIn()).cookie;
const logOut = (vitrine: Vitrine, cookie: string) => vitrine.ask('/auth/logout', { headers: headersOf({ cookie }) });
const timePasses = (vitrine: Vitrine): Promise<void> => {
  vitrine.ahead = (LIFETIME + 1) * 1000;
  return Promise.resolve();
};
const who = { email: 'disabled@example.org', password: 'seen once, then never' };
const all = async (vitrine: Vitrine): Promise<string> => {
  const cookie = await enterKiosk(vitrine);
  return [await logIn(vitrine), await open(vitrine, '/auth/iiif-clickthrough', { cookie })].join('; ');
};

const VISITORS: Record<string, Kind> = {
  nobody: { sees: [] },
  'nobody, with cookies that are not ours': {
    cookie: () => Promise.resolve('vitrine_access=x; vitrine_visit=y; vitrine_account=z'),
    sees: [],
  },
  'a user': { cookie: logIn, subject: user, sees: ['login', 'plain'] },
  'a user who was disabled': {
    cookie: async (vitrine) => {
      await vitrine.users.add(who);
      return (await vitrine.logIn(who)).cookie;
    },
    then: async (vitrine) => {
      const disabled = (await vitrine.users.list()).find(({ email }) => email === who.email);
      await vitrine.users.change(String(disabled?.id), { active: false });
    },
    sees: [],
  },
  'a user who logged out': { cookie: logIn, then: logOut, sees: [] },
  'a user whose login expired': { cookie: logIn, then: timePasses, sees: [] },
  'a reader who agreed': { cookie: agree, subject: { agreed: true }, sees: ['terms'] },
  'a reader who agreed, and logged out': { cookie: agree, then: logOut, sees: [] },
  'a reader who agreed, long ago': { cookie: agree, then: timePasses, sees: [] },
  'a kiosk': { cookie: enterKiosk, address: AT_THE_KIOSK, subject: { atKiosk: true }, sees: ['kiosk'] },
  'a kiosk, not opened yet': { address: AT_THE_KIOSK, sees: [] },
  'a kiosk, carried out of the house': {
    cookie: enterKiosk,
    cameFrom: AT_THE_KIOSK,
    subject: { atKiosk: true },
    sees: [],
  },
  'a kiosk, carried into the network': {
    cookie: enterKiosk,
    cameFrom: AT_THE_KIOSK,
    address: IN_THE_NETWORK,
    subject: { atKiosk: true },
    sees: ['network'],
  },
  'the network': { address: IN_THE_NETWORK, sees: ['network'] },
  'the network, left with its token': { cameFrom: IN_THE_NETWORK, sees: [] },
  'a user at the kiosk who agreed': {
    cookie: all,
    address: AT_THE_KIOSK,
    subject: { ...user, agreed: true, atKiosk: true },
    sees: ['login', 'plain', 'terms', 'kiosk'],
  },
};

let vitrine: Vitrine;
beforeAll(async () => {
  // Tokens that outlive what they stand for: it must not matter.
  vitrine = await startWithPatterns({ SESSION_LIFETIME: String(LIFETIME), TOKEN_LIFETIME: '86400' });
});
afterAll(() => vitrine.stop());

const sees = (kind: Kind, folder: Folder): boolean =>
  folder === 'open' || kind.sees.includes(folder.replace('-tiered', ''));

/** What the rules say of a visitor, with no service around them. */
function decided(kind: Kind, folder: Folder): string {
  const subject = { ...anonymous, address: kind.address ?? ELSEWHERE, ...kind.subject } as Subject;
  const path = [folder, 'a.tif'];
  return decide(subject, { kind: 'image', path }, vitrine.rules.rules, Date.now()).kind;
}

describe.each(Object.entries(VISITORS))('row 82: %s', (_, kind) => {
  const address = kind.address ?? ELSEWHERE;
  let cookie: string | undefined;
  let one: string | undefined;
  let two: string | undefined;
  /** The token of version 2 in a browser that sends no cookie with an image. */
  let cookieless: string | undefined;

  beforeAll(async () => {
    const before = { address: kind.cameFrom ?? address, cookie: await kind.cookie?.(vitrine) };
    cookie = before.cookie;
    // A page of ours asks: for those of other sites a place alone is worth nothing (foreignPages.test.ts).
    const ours = vitrine.config.publicUrl;
    one = await tokenOf(vitrine, 1, before, ours);
    two = await tokenOf(vitrine, 2, before, ours);
    cookieless = await cookielessToken(vitrine, before, ours);
    await kind.then?.(vitrine, cookie ?? '');
  });
  afterAll(() => {
    vitrine.ahead = 0;
  });

  /** What opens: the image to their cookie, its description to their token, and what the probe says to that of version 2. */
  async function found(identifier: string) {
    return {
      image: (await askTile(vitrine, identifier, { address, cookie })).status === 200,
      info:
        (await askInfo(vitrine, 2, identifier, { address, ...(one !== undefined && { token: one }) })).status === 200,
      probe: await probeStatus(vitrine, identifier, { address, ...(two !== undefined && { token: two }) }),
    };
  }

  it.each(FOLDERS)('the image in "%s"', async (folder) => {
    const open = sees(kind, folder);
    const { image: opens, info, probe } = await found(image(folder));
    expect({ opens, info, probed: probe === 200, decided: decided(kind, folder) === 'allowed' }).toEqual({
      opens: open,
      info: open,
      probed: open,
      decided: open,
    });
    expect([200, 401, 403]).toContain(probe);
    // 403 is the word for what no login, click or place will change.
    if (!open) expect(probe).toBe(folder.startsWith('never') ? 403 : 401);
  });

  it.each(FOLDERS)('the signed path of the image in "%s"', async (folder) => {
    const carried = { address, ...(cookieless !== undefined && { token: cookieless }) };
    const { status, location } = (await askProbe(vitrine, image(folder), carried)).json();
    // A token is over with what it was made for.
    if (cookieless === undefined || kind.then === timePasses)
      expect([status === 200, location]).toEqual([sees(kind, folder), undefined]);
    else expect([status === 302, location !== undefined]).toEqual([sees(kind, folder), sees(kind, folder)]);
    if (location === undefined) return;
    const path = new URL((location as { id: string }).id).pathname;
    expect((await vitrine.tile(`${path}/full/100,/0/default.jpg`, headersOf({ address }))).status).toBe(200);
    expect((await vitrine.ask(`${path}/info.json`, { headers: headersOf({ address }) })).status).toBe(200);
  });

  it.each(FOLDERS)('the tier in "%s"', async (folder) => {
    const tiered = TIERED.includes(folder);
    expect(await found(tierOf(folder))).toEqual({ image: tiered, info: tiered, probe: tiered ? 200 : 404 });
  });

  it.each(FOLDERS)('no image in "%s"', async (folder) => {
    for (const nothing of [`${folder}!none.tif`, `${folder}!none.tif!!${TIER}`, folder]) {
      expect(await found(nothing)).toEqual({ image: false, info: false, probe: 404 });
    }
  });
});
