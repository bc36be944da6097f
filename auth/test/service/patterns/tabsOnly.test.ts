// What changes something by GET does so in a tab that somebody sees, not as a part of some page.
import { describe, expect, it } from 'vitest';
import { cookieHeader, setCookies, type Answer } from '../../support/ask.ts';
import { agree, askTile, AT_THE_KIOSK, headersOf, image, patternsForTests } from '../../support/patterns.ts';

const vitrine = patternsForTests();

const CHANGING = ['/auth/iiif-clickthrough', '/auth/iiif-kiosk', '/auth/iiif/2/kiosk'];
const LOGOUTS = ['/auth/logout', '/auth/iiif/2/logout'];
const metadata = (mode: string, destination: string) => ({ 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': destination });

/** How browsers mark what is no tab. */
const PARTS: Record<string, Record<string, string>> = {
  'an <img>': metadata('no-cors', 'image'),
  'a <script>': metadata('no-cors', 'script'),
  'a frame': metadata('navigate', 'iframe'),
  'an <object>': metadata('navigate', 'object'),
  'a script with fetch': metadata('cors', 'empty'),
  'a link that is loaded ahead': metadata('no-cors', 'empty'),
  'a page that is rendered ahead': { ...metadata('navigate', 'document'), 'Sec-Purpose': 'prefetch;prerender' },
};
const TABS: Record<string, Record<string, string>> = {
  'a tab': metadata('navigate', 'document'),
  'a browser that says nothing': {},
};

const ask = (path: string, headers: Record<string, string>, cookie?: string): Promise<Answer> =>
  vitrine.ask(path, { headers: { ...headersOf({ address: AT_THE_KIOSK, cookie }), ...headers } });

describe.each(Object.entries(PARTS))('%s', (_, headers) => {
  it.each(CHANGING)('gets no cookie by %s, and a visit that there is stays as it was', async (path) => {
    const answer = await ask(path, { ...headers, 'Sec-Fetch-Site': 'cross-site' });
    expect(answer.status).toBe(403);
    expect(answer.json()['error']).toBe('not_a_tab');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(setCookies(answer).size).toBe(0);
  });

  it.each(LOGOUTS)('does not end a login or a visit by %s', async (path) => {
    const login = (await vitrine.logIn()).cookie;
    const visit = await agree(vitrine);
    const answer = await ask(path, headers, `${login}; ${visit}`);
    expect(answer.status).toBe(403);
    expect(setCookies(answer).size).toBe(0);
    expect((await askTile(vitrine, image('login'), { cookie: login })).status).toBe(200);
    expect((await askTile(vitrine, image('terms'), { cookie: visit })).status).toBe(200);
  });
});

describe.each(Object.entries(TABS))('%s', (_, headers) => {
  it.each(CHANGING)('gets the cookie by %s', async (path) => {
    const answer = await ask(path, headers);
    expect(answer.status).toBe(200);
    expect(setCookies(answer).has('vitrine_visit')).toBe(true);
    const cookie = cookieHeader(answer);
    const folder = path.includes('kiosk') ? 'kiosk' : 'terms';
    expect((await askTile(vitrine, image(folder), { address: AT_THE_KIOSK, cookie })).status).toBe(200);
  });

  it.each(LOGOUTS)('ends its login by %s', async (path) => {
    const { cookie } = await vitrine.logIn();
    expect((await ask(path, headers, cookie)).status).toBe(200);
    expect((await askTile(vitrine, image('login'), { cookie })).status).toBe(401);
  });
});
