// Which cookies a browser keeps depends on its engine; on plain http of this machine each keeps one that works.
import { describe, expect, it } from 'vitest';
import { cookieHeader, setCookies } from '../support/ask.ts';
import { TILE, askToken } from '../support/auth1.ts';
import { agree, askTile, image, startWithPatterns } from '../support/patterns.ts';
import { ADMIN, Vitrine } from '../support/vitrine.ts';

const vitrine = Vitrine.forTests();

/** Sends back what is not `Secure`, as WebKit on plain http; or what a frame of another site gets. */
const kept = {
  'WebKit on http://localhost': (line: string) => !/; Secure/.test(line),
  'a frame of another site': (line: string) => /SameSite=None/.test(line),
  'Chromium and Firefox': () => true,
};

describe.each(Object.entries(kept))('%s', (name, keeps) => {
  const logIn = async (who = ADMIN): Promise<string> => {
    const { answer } = await vitrine.logIn(who);
    const names = [...setCookies(answer)].filter(([, line]) => keeps(line)).map(([one]) => one);
    return cookieHeader(answer, ...names);
  };

  it('has a cookie that opens images and gets tokens', async () => {
    const cookie = await logIn();
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
    expect((await askToken(vitrine.base, '', cookie)).json()).toHaveProperty('accessToken');
  });

  it('logs out: the session is over, in every form of its cookies', async () => {
    const { answer, cookie: all } = await vitrine.logIn();
    const names = [...setCookies(answer)].filter(([, line]) => keeps(line)).map(([one]) => one);
    const answered = await vitrine.ask('/auth/logout', { headers: { cookie: cookieHeader(answer, ...names) } });
    const forgotten = [...setCookies(answered)].map(([one]) => one);
    const ofTheLogin = [...setCookies(answer).keys()].filter((one) => one !== 'vitrine_device'); // it outlives it
    expect(forgotten).toEqual(expect.arrayContaining(ofTheLogin));
    expect((await vitrine.tile(TILE, { cookie: all })).status).toBe(401);
  });

  it('has the panel, but for frames of other sites', async () => {
    const cookie = await logIn();
    const { status } = await vitrine.ask('/auth/admin/', { headers: { cookie, accept: 'text/html' } });
    expect(status).toBe(name === 'a frame of another site' ? 302 : 200);
  });
});

it('both forms hold one secret; the Lax one is not for other sites, and neither is for scripts', async () => {
  const lines = setCookies((await vitrine.logIn()).answer);
  const [secure, lax] = [lines.get('vitrine_access') ?? '', lines.get('vitrine_access_lax') ?? ''];
  expect(/=([^;]+)/.exec(lax)?.[1]).toBe(/=([^;]+)/.exec(secure)?.[1]);
  expect(secure).toMatch(/; Path=\/;.*; HttpOnly; Secure; SameSite=None$/);
  expect(lax).toMatch(/; Path=\/;.*; HttpOnly; SameSite=Lax$/);
  expect(lines.size).toBe(4);
});

it('a visit has both forms, and either opens', async () => {
  const terms = await startWithPatterns();
  const visit = await agree(terms);
  const lax = visit.replace('vitrine_visit=', 'vitrine_visit_lax=');
  for (const cookie of [visit, lax, `vitrine_visit=bad; ${lax}`]) {
    expect((await askTile(terms, image('terms'), { cookie })).status).toBe(200);
  }
  await terms.stop();
});

it('on plain http elsewhere there is one form, Lax', async () => {
  const plain = await Vitrine.start({ env: { VIRTUAL_HOST: 'images.example.org' } });
  const lines = setCookies((await plain.logIn()).answer);
  expect([...lines.keys()].sort()).toEqual(['vitrine_access', 'vitrine_account', 'vitrine_device']);
  expect(lines.get('vitrine_access')).toMatch(/SameSite=Lax$/);
  await plain.stop();
});
