import { describe, expect, it } from 'vitest';
import { setCookies, type Answer } from '../../support/ask.ts';
import { INFO, TILE, askToken, tokenFor } from '../../support/auth1.ts';
import { Vitrine } from '../../support/vitrine.ts';

const vitrine = Vitrine.forTests();

const frame = (query: string, cookie?: string): Promise<Answer> => askToken(vitrine.base, query, cookie);

describe('Auth 1.0: logout', () => {
  it('row 47: GET answers 2xx HTML and deletes all cookies with their attributes', async () => {
    const { cookie } = await vitrine.logIn();
    const answer = await vitrine.ask('/auth/logout', { headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(setCookies(answer).get('vitrine_access')).toMatch(
      /=; Path=\/; Expires=Thu, 01 Jan 1970.*HttpOnly; Secure; SameSite=None/,
    );
    expect(setCookies(answer).get('vitrine_access_lax')).toMatch(
      /=; Path=\/; Expires=Thu, 01 Jan 1970.*HttpOnly; SameSite=Lax/,
    );
    expect(setCookies(answer).get('vitrine_account')).toMatch(
      /=; Path=\/auth; Expires=Thu, 01 Jan 1970.*HttpOnly; SameSite=Strict/,
    );
  });

  it('rows 48 and 49: cookie and tokens of the session are refused at once', async () => {
    const { cookie } = await vitrine.logIn();
    const token = await tokenFor(vitrine.base, cookie);
    const content = (await frame('', cookie)).json()['accessToken'] as string;
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
    // A viewer on another site opens the page in a tab: only the access cookie comes along.
    await vitrine.ask('/auth/logout', { headers: { cookie: /vitrine_access=[^;]+/.exec(cookie)?.[0] ?? '' } });

    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
    expect((await frame('', cookie)).json()).toMatchObject({ error: 'invalidCredentials' });
    expect((await vitrine.ask(INFO, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await vitrine.tile(TILE, { authorization: `Bearer ${content}` })).status).toBe(401);
  });

  it('row 47: without a login it answers the same', async () => {
    const answer = await vitrine.ask('/auth/logout');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('You are logged out');
  });

  it('row 47: where the database does not answer it is 503, and the browser forgets the cookies all the same', async () => {
    const other = await Vitrine.start();
    const { cookie } = await other.logIn();
    await other.losesDatabase();
    const answer = await other.ask('/auth/logout', { headers: { cookie } });
    expect(answer.status).toBe(503);
    for (const line of setCookies(answer).values()) expect(line).toContain('=; Path=/');
    expect([...setCookies(answer).keys()]).toEqual([
      'vitrine_access',
      'vitrine_access_lax',
      'vitrine_visit',
      'vitrine_visit_lax',
      'vitrine_account',
    ]);
    await other.stop();
  });
});
