// Who has forgotten the password asks for a link by mail; nobody learns by it who has an account.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../test-support/until.mjs';
import type { Answer } from '../support/ask.ts';
import { MailServer } from '../support/mailServer.ts';
import { ADMIN, READER, Vitrine } from '../support/vitrine.ts';

const HOUR = 60 * 60 * 1000;
const FROM = { MAIL_FROM: 'Example Library <images@example.org>' };
const PATH = '/auth/forgotten';
const heading = ({ status, body }: Answer) => [status, /<h1>(.*?)<\/h1>/.exec(body)?.[1]];

describe('a forgotten password', () => {
  let server: MailServer;
  let vitrine: Vitrine;
  /** What the mail server says of the next recipients. */
  let answers: string[] = [];
  beforeAll(async () => {
    server = await MailServer.start({ refuses: () => answers.shift() });
    vitrine = await Vitrine.start({ env: { SMTP_URL: server.url, ...FROM } });
  });
  afterAll(async () => {
    await vitrine.stop();
    await server.stop();
  });
  let count = 0;
  let network = 0;
  let email = '';
  beforeEach(async () => {
    server.mails.length = 0;
    answers = [];
    vitrine.ahead = 0;
    email = `reader${(count += 1)}@example.org`;
    await vitrine.users.add({ email, password: READER.password });
  });

  /** From a network of its own, unless another is named. */
  const ask = (typed: string, headers: Record<string, string> = {}) =>
    vitrine.ask(PATH, {
      form: { email: typed },
      headers: { 'X-Forwarded-For': `10.0.${(network += 1)}.1`, ...headers },
    });
  const mailTo = async (address: string) => {
    const found = () => server.mails.find(({ to }) => to[0] === address);
    await until(`a mail to ${address}`, () => found() !== undefined);
    return found() as NonNullable<ReturnType<typeof found>>;
  };
  const secretIn = (text: string) => /\/auth\/invitation#([\w-]{43})$/m.exec(text)?.[1] ?? '';
  const accept = (secret: string, password: string) =>
    vitrine.ask('/auth/invitation', { form: { secret, password, again: password } });
  const trail = async (action: string) =>
    (await vitrine.database.audit.list(50, 0)).filter((event) => event.action === action && event.target === email);

  it('is told on the login page, and asked for on a page of its own', async () => {
    expect((await vitrine.ask('/auth/iiif-login')).body).toContain('href="/auth/forgotten"');
    const page = await vitrine.ask(PATH);
    expect(heading(page)).toEqual([200, 'Forgot your password?']);
    expect(page.headers['cache-control']).toBe('no-store');
    const german = await vitrine.ask(PATH, { headers: { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.5' } });
    expect(german.body).toContain('<html lang="de">');
    expect(heading(german)).toEqual([200, 'Passwort vergessen?']);
    expect((await vitrine.ask(PATH, { headers: { 'Accept-Language': 'fr' } })).body).toContain('<html lang="en">');
  });

  it('is set by a link that works once, and is recorded', async () => {
    expect(heading(await ask(` ${email.toUpperCase()} `, { 'X-Forwarded-For': '192.0.2.77' }))).toEqual([
      200,
      'Look into your mail',
    ]);
    const { text, head } = await mailTo(email);
    expect(head).toMatch(/^Subject: Example Library: set a new password$/m);
    expect(text).toContain(`the account ${email} at Example Library`);
    expect(await trail('user.forgot')).toMatchObject([{ actor: email, address: '192.0.2.77' }]);
    const secret = secretIn(text);
    expect((await accept(secret, 'a new password')).status).toBe(200);
    expect((await accept(secret, 'another password')).status).toBe(410);
    expect((await vitrine.logIn({ email, password: 'a new password' })).answer.status).toBe(200);
  });

  it('is asked for in German, and the mail is German', async () => {
    await ask(email, { 'Accept-Language': 'de' });
    const { text, head } = await mailTo(email);
    expect(head).toMatch(/^Subject: Example Library: neues Passwort setzen$/m);
    expect(text).toContain('Wenn Sie es nicht waren');
  });

  it('has a link for an hour, which then offers another one', async () => {
    await ask(email);
    const secret = secretIn((await mailTo(email)).text);
    vitrine.ahead = HOUR - 60_000;
    expect((await vitrine.ask('/auth/invitation/open', { form: { secret } })).status).toBe(200);
    vitrine.ahead = HOUR + 1000;
    const over = await vitrine.ask('/auth/invitation/open', { form: { secret } });
    expect(heading(over)).toEqual([410, 'This link is over']);
    expect(over.body).toContain('href="/auth/forgotten"');
  });

  it('takes nothing away: the password holds, and so does an invitation', async () => {
    const user = await vitrine.users.findByEmail(email);
    if (!user) throw new Error('nobody');
    const { secret } = await vitrine.invitations.invite(user);
    await ask(email);
    await mailTo(email);
    expect((await vitrine.logIn({ email, password: READER.password })).answer.status).toBe(200);
    expect((await vitrine.ask('/auth/invitation/open', { form: { secret } })).status).toBe(200);
    await accept(secret, 'set by invitation');
    const forgotten = secretIn((await mailTo(email)).text);
    expect((await vitrine.ask('/auth/invitation/open', { form: { secret: forgotten } })).status).toBe(410);
  });

  it('of nobody, or of who is disabled, is answered with the same words, and no mail', async () => {
    const disabled = `gone${count}@example.org`;
    await vitrine.users.add({ email: disabled, active: false });
    const pages = await Promise.all([email, disabled, `never${count}@example.org`].map((one) => ask(one)));
    const said = pages.map(({ status, headers, body }) => {
      const { date: _date, 'content-length': _length, ...rest } = headers;
      const policy = String(rest['content-security-policy']).replace(/'nonce-[^']*'/, '');
      return [status, { ...rest, 'content-security-policy': policy }, body.replace(/[a-z]+\d+@example\.org/g, '')];
    });
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
    await mailTo(email);
    expect(server.mails.map(({ to }) => to)).toEqual([[email]]);
  });

  it('is answered before anybody is looked up', async () => {
    const { users } = vitrine.database;
    const looked: number[] = [];
    const find = users.findByEmail.bind(users);
    users.findByEmail = (address) => {
      looked.push(Date.now());
      return find(address);
    };
    try {
      await ask(email);
      expect(looked).toEqual([]);
      await mailTo(email);
      expect(looked).not.toEqual([]);
    } finally {
      users.findByEmail = find;
    }
  });

  it('is mailed three times an hour to one address, whoever asks, and the fourth hears the same', async () => {
    for (let time = 0; time < 5; time += 1) expect((await ask(email)).status).toBe(200);
    const last = `last${count}@example.org`;
    await vitrine.users.add({ email: last });
    await ask(last);
    await mailTo(last);
    await until('three mails', () => server.mails.length >= 4);
    expect(server.mails.filter(({ to }) => to[0] === email).length).toBe(3);
  });

  it('is asked for ten times an hour from one network', async () => {
    const from = { 'X-Forwarded-For': '203.0.113.9' };
    for (let time = 0; time < 10; time += 1) expect((await ask('x@example.org', from)).status).toBe(200);
    const refused = await ask(email, from);
    expect(refused.status).toBe(429);
    expect(refused.body).toContain('Too many attempts.');
  });

  it('is not asked for with what is no address, nor from another site', async () => {
    for (const typed of ['', 'reader', 'a@example.org\r\nBcc: b@example.org', 'a@example.org, b@example.org']) {
      const page = await ask(typed);
      expect(page.status).toBe(400);
      expect(page.body).toContain('This is not an e-mail address.');
    }
    expect((await ask(email, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  });

  it('whose mail is refused is in the log and in the audit trail, without its secret', async () => {
    answers = ['550 mailbox full of maps'];
    expect((await ask(email)).status).toBe(200);
    await until('the trail tells', async () => (await trail('mail.failed')).length === 1);
    const line = vitrine.log.find((one) => one.includes('a mail was not sent') && one.includes(email)) ?? '';
    expect(line).toContain('mailbox full of maps');
    expect(vitrine.log.join('')).not.toContain('/auth/invitation');
  });

  it('is a page of a server with mails only', async () => {
    const without = await Vitrine.start();
    expect((await without.ask(PATH)).status).toBe(404);
    expect((await without.ask(PATH, { form: { email: ADMIN.email } })).status).toBe(404);
    expect((await without.ask('/auth/iiif-login')).body).not.toContain('forgotten');
    await without.stop();
  });
});
