// Who may not see something asks for it at a form, and is answered with a share link or a word.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../test-support/until.mjs';
import type { Answer } from '../support/ask.ts';
import { MailServer } from '../support/mailServer.ts';
import { ADMIN, Vitrine } from '../support/vitrine.ts';

const DAY = 24 * 60 * 60 * 1000;
const PATH = '/auth/request/estate';
const heading = ({ status, body }: Answer) => [status, /<h1>(.*?)<\/h1>/.exec(body)?.[1]];

describe('a request for access', () => {
  let server: MailServer;
  let vitrine: Vitrine;
  beforeAll(async () => {
    server = await MailServer.start();
    vitrine = await Vitrine.start({
      env: { SMTP_URL: server.url, MAIL_FROM: 'images@example.org' },
      access: { estate: { grants: 'nobody', request: true }, 'estate/drafts': 'nobody', maps: 'nobody' },
      files: ['estate/a.tif', 'estate/letters/b.tif', 'estate/drafts/c.tif', 'maps/d.tif'],
    });
  });
  afterAll(async () => {
    await vitrine.stop();
    await server.stop();
  });
  let count = 0;
  let email = '';
  beforeEach(() => {
    vitrine.ahead = 0;
    server.mails.length = 0;
    email = `asks${(count += 1)}@example.org`;
  });
  const ask = (form: Record<string, string> = {}, headers: Record<string, string> = {}, path = PATH) =>
    vitrine.ask(path, {
      form: { name: 'A student', email, reason: 'For a thesis.\nOn letters.', ...form },
      headers: { 'X-Forwarded-For': `10.1.${count}.1`, ...headers },
    });
  const kept = async () => {
    const found = (await vitrine.requests.list()).find((one) => one.email === email);
    if (!found) throw new Error('nothing was kept');
    return found;
  };
  const mailTo = (address: string) =>
    until(`a mail to ${address}`, () => server.mails.find(({ to }) => to[0] === address));
  const trail = async (action: string) =>
    (await vitrine.database.audit.list(50, 0)).filter((event) => event.action === action && event.actor === email);

  it('has a form where a rule says so, at the address that the refusal tells', async () => {
    const info = await vitrine.ask('/iiif/images/estate!letters!b/info.json');
    expect(info.status).toBe(401);
    expect(info.body).toContain(`${vitrine.base}${PATH}`);
    const page = await vitrine.ask(PATH);
    expect(heading(page)).toEqual([200, 'Ask for access']);
    expect(page.headers['cache-control']).toBe('no-store');
    const german = await vitrine.ask(PATH, { headers: { 'Accept-Language': 'de' } });
    expect(heading(german)).toEqual([200, 'Um Zugang bitten']);
    expect(german.body).toContain('<html lang="de">');
    // Also where somebody names what is below, there or not: it is for the folder of the rule.
    for (const below of ['!letters!b', '!never']) {
      expect((await vitrine.ask(PATH + below)).body).toContain(`action="${PATH}"`);
    }
  });

  it('has none elsewhere, and nothing tells whether there is anything', async () => {
    const answers = await Promise.all(
      ['maps', 'estate!drafts', 'estate!drafts!c', 'never', '', '..', '%00', 'x/'].map((place) =>
        vitrine.ask(`/auth/request/${place}`),
      ),
    );
    const said = answers.map(({ status, body, headers }) => [status, body, Object.keys(headers)]);
    for (const one of said) expect(one).toEqual(said[0]);
    expect(said[0]?.[0]).toBe(404);
    expect((await ask({}, {}, '/auth/request/maps')).status).toBe(404);
  });

  it('is kept, recorded, and told to the administrators', async () => {
    expect(heading(await ask({ email: ` ${email.toUpperCase()}` }))).toEqual([200, 'Your request is sent']);
    expect(await kept()).toMatchObject({ place: 'estate', name: 'A student', state: 'open', language: 'en' });
    expect((await vitrine.database.audit.list(1, 0))[0]).toMatchObject({ action: 'request.add', target: 'estate' });
    const { text } = await mailTo(ADMIN.email);
    expect(text).toContain(`A student <${email}> asks to see estate:\n\nFor a thesis.\nOn letters.`);
    expect(text).toContain(`/auth/admin/resources/requests/records/${(await kept()).id}/edit`);
  });

  it('is granted by a link for one person until a date, which is mailed', async () => {
    await ask({}, { 'Accept-Language': 'de' });
    const { id } = await kept();
    const end = new Date(Date.now() + 7 * DAY);
    const { link, mailed } = await vitrine.requests.grant(id, end, 'Bitte zitieren.');
    expect(mailed).toEqual({ kind: 'sent' });
    const { text } = await mailTo(email);
    expect(text).toContain(`zeigt Ihnen estate bis ${end.toISOString().slice(0, 10)}`);
    expect(text).toContain(`\n${link}\n`);
    expect(text).toContain('Bitte zitieren.');
    const [share] = (await vitrine.shares.list()).filter(({ folder }) => folder === 'estate');
    expect(share).toMatchObject({ people: 1, expiresAt: end });
    expect(await kept()).toMatchObject({ state: 'granted' });
  });

  it('is refused with a word', async () => {
    await ask();
    const { id } = await kept();
    expect(await vitrine.requests.refuse(id, 'The estate is closed.')).toMatchObject({ link: '' });
    expect((await mailTo(email)).text).toContain('cannot show it to you.\n\nThe estate is closed.');
    expect(await kept()).toMatchObject({ state: 'refused' });
  });

  it('is answered once, also of two at the same moment, and no other link is left', async () => {
    await ask();
    const { id } = await kept();
    const before = (await vitrine.shares.list()).length;
    const end = new Date(Date.now() + DAY);
    const both = await Promise.allSettled([vitrine.requests.grant(id, end, ''), vitrine.requests.grant(id, end, '')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await vitrine.shares.list()).length).toBe(before + 1);
    await expect(vitrine.requests.refuse(id, 'no')).rejects.toThrow('answered already');
    await expect(vitrine.requests.refuse('0'.repeat(16), 'no')).rejects.toThrow('There is no request');
  });

  it('stays open where the end is past', async () => {
    await ask();
    const { id } = await kept();
    await expect(vitrine.requests.grant(id, new Date(0), '')).rejects.toThrow('future');
    expect(await kept()).toMatchObject({ state: 'open' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['no name', { name: ' ' }, 'Write your name'],
    ['a name of two lines', { name: 'a\r\nBcc: b@example.org' }, 'Write your name'],
    ['no address', { email: 'a@example.org, b@example.org' }, 'This is not an e-mail address.'],
    ['no reason', { reason: '' }, 'Say what you need it for'],
    ['a long reason', { reason: 'x'.repeat(2001) }, 'Say what you need it for'],
  ])('is not taken with %s', async (_what, form, words) => {
    const page = await ask(form);
    expect(page.status).toBe(400);
    expect(page.body).toContain(words);
    await expect(kept()).rejects.toThrow();
    expect(await trail('request.add')).toEqual([]);
  });

  it('is not taken from another site, nor six times an hour from one network', async () => {
    expect((await ask({}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    const from = { 'X-Forwarded-For': '203.0.113.20' };
    for (let time = 0; time < 5; time += 1) expect((await ask({}, from)).status).toBe(200);
    expect((await ask({}, from)).status).toBe(429);
  });

  it('is removed after 90 days', async () => {
    await ask();
    vitrine.ahead = 91 * DAY;
    await vitrine.sweeper.sweep();
    await expect(kept()).rejects.toThrow();
  });
});
