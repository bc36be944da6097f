// Mails to a real server of the protocol: with and without TLS and a login, and what is said where it does not work.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../test-support/ports.mjs';
import { Authority } from '../../test-support/authority.mjs';
import { loadConfig } from '../src/config/load.ts';
import { Mailer } from '../src/mail/mailer.ts';
import { MailServer } from './support/mailServer.ts';
import { runCli } from './support/cli.ts';

const LETTER = { subject: 'Grüße', text: 'Öffnen Sie diesen Link.' };
const LOGIN = { user: 'vitrine@example.org', password: 'p@ss/w?rd#1' };
const url = (scheme: string, port: number, login = LOGIN) =>
  `${scheme}://${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@localhost:${port}`;

let folder: string;
let tls: { certificate: string; key: string };
const open: { stop(): Promise<void> }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-mail-'));
  const authority = new Authority(join(folder, 'authority'));
  tls = authority.issue({ host: 'localhost' });
  const before = getCACertificates();
  setDefaultCACertificates([...before, authority.pem]);
  return () => {
    setDefaultCACertificates(before);
    rmSync(folder, { recursive: true });
  };
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function serve(options: Parameters<typeof MailServer.start>[0]): Promise<MailServer> {
  const server = await MailServer.start(options);
  open.push(server);
  return server;
}

const env = (smtp: string) => ({
  IMAGE_DIR: folder,
  DATA_DIR: folder,
  SMTP_URL: smtp,
  MAIL_FROM: 'Example Library <images@example.org>',
  INSTITUTION: 'Example Library',
});

function mailer(smtp: string, patience?: number): Mailer {
  const { mail, publicUrl } = loadConfig(env(smtp));
  if (!mail) throw new Error('no mail');
  return new Mailer(mail, publicUrl, patience);
}

describe('a mail', () => {
  it('goes as plain text, and says that a program wrote it', async () => {
    const server = await serve({});
    expect(await mailer(server.url).send('reader@example.org', LETTER)).toEqual({ kind: 'sent' });
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'images@example.org', to: ['reader@example.org'], text: LETTER.text });
    expect(mail?.head).toMatch(/^From: "?Example Library"? <images@example\.org>$/m);
    expect(mail?.head).toMatch(/^To: reader@example\.org$/m);
    expect(mail?.head).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
    expect(mail?.head).toMatch(/^Auto-Submitted: auto-generated$/m);
  });

  it('goes by STARTTLS with user and password, and by TLS from the start', async () => {
    for (const secure of [false, true]) {
      const server = await serve({ tls, login: LOGIN, secure });
      const by = mailer(url(secure ? 'smtps' : 'smtp', server.port));
      expect(await by.check()).toEqual({ kind: 'sent' });
      expect(await by.send('reader@example.org', LETTER)).toEqual({ kind: 'sent' });
      expect([server.secured, server.mails.length]).toEqual([1, 1]);
    }
  });

  it('goes encrypted to a server without a login even where nobody knows its certificate', async () => {
    const unknown = new Authority(join(folder, 'unknown')).issue({ host: 'elsewhere.example.org' });
    const server = await serve({ tls: unknown });
    expect(await mailer(server.url).send('reader@example.org', LETTER)).toEqual({ kind: 'sent' });
    expect(server.secured).toBe(1);
  });

  it('does not go with a password to a server without TLS, or with the certificate of somebody else', async () => {
    const plain = await serve({ login: LOGIN });
    expect(await mailer(url('smtp', plain.port)).send('reader@example.org', LETTER)).toMatchObject({ kind: 'failed' });
    const other = new Authority(join(folder, 'other')).issue({ host: 'localhost' });
    for (const secure of [false, true]) {
      const server = await serve({ tls: other, login: LOGIN, secure });
      const sent = await mailer(url(secure ? 'smtps' : 'smtp', server.port)).send('reader@example.org', LETTER);
      expect(sent).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/certificate/) as string });
      expect(server.mails).toEqual([]);
    }
    expect(plain.mails).toEqual([]);
  });

  it.each<[string, string, boolean]>([
    ['550 no such user here', 'no such user here', false],
    ['451 come back later', 'come back later', true],
  ])('is refused with what the server says: %s', async (refusal, words, temporary) => {
    const server = await serve({ refuses: () => refusal });
    const sent = await mailer(server.url).send('nobody@example.org', LETTER);
    expect(sent).toMatchObject({ kind: 'failed', temporary });
    expect(sent).toMatchObject({ reason: expect.stringContaining(`127.0.0.1:${server.port}`) as string });
    expect(sent).toMatchObject({ reason: expect.stringContaining(words) as string });
  });

  it('names a wrong password without saying it, and does not try it again', async () => {
    const server = await serve({ tls, login: LOGIN });
    const sent = await mailer(url('smtp', server.port, { ...LOGIN, password: 'hunter2' })).send(
      'a@example.org',
      LETTER,
    );
    expect(sent).toMatchObject({ kind: 'failed', temporary: false });
    expect(JSON.stringify(sent)).toContain('wrong user or password');
    expect(JSON.stringify(sent)).not.toContain('hunter2');
  });

  it('is given up in time where the server is away, says nothing, or says it byte by byte', async () => {
    const gone = await freePort();
    const sockets = new Set<Socket>();
    const trickling: Server = createServer((socket) => {
      sockets.add(socket);
      const timer = setInterval(() => socket.write('2'), 50);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          clearInterval(timer);
          sockets.delete(socket);
        });
    });
    const mute = createServer((socket) => sockets.add(socket));
    for (const server of [trickling, mute]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    const slow = await serve({ refuses: () => new Promise(() => undefined) });
    const addresses = [trickling, mute].map((server) => `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    for (const address of [`smtp://127.0.0.1:${gone}`, slow.url, ...addresses]) {
      const began = Date.now();
      const sent = await mailer(address, 400).send('reader@example.org', LETTER);
      expect(sent).toMatchObject({ kind: 'failed', temporary: true });
      expect(Date.now() - began).toBeLessThan(3000);
    }
    for (const server of [trickling, mute]) server.close();
    for (const socket of sockets) socket.destroy();
  });

  it.each([
    'reader@example.org\r\nBcc: all@example.org',
    'reader@example.org\nRCPT TO:<all@example.org>',
    'reader@example.org, all@example.org',
    '"all@example.org x"@example.org',
    'Reader <all@example.org>',
  ])('goes to nobody, whatever else is in an address: %j', async (address) => {
    const server = await serve({});
    expect(await mailer(server.url).send(address, LETTER)).toMatchObject({ kind: 'failed', temporary: false });
    expect(server.mails).toEqual([]);
  });

  it('has no header that a subject brings along', async () => {
    const server = await serve({});
    await mailer(server.url).send('reader@example.org', { ...LETTER, subject: 'one\r\nBcc: all@example.org' });
    expect(server.mails[0]?.head).not.toMatch(/^Bcc/m);
    expect(server.mails[0]?.to).toEqual(['reader@example.org']);
  });
});

describe('vitrine mail test', () => {
  it('sends a mail, and says so', async () => {
    const server = await serve({});
    const { code, err } = await runCli(env(server.url), ['mail', 'test', 'reader@example.org']);
    expect([code, err]).toEqual([
      0,
      `The mail server 127.0.0.1:${server.port} took a mail from images@example.org to reader@example.org.\n`,
    ]);
    expect(server.mails[0]?.text).toContain('sent by the image server of Example Library');
    expect(server.mails[0]?.text).toContain('Diese Mail hat der Bildserver von Example Library geschickt');
  });

  it('says what is wrong', async () => {
    const server = await serve({ refuses: () => '550 not here' });
    const test = (settings: Record<string, string>, address = 'reader@example.org') =>
      runCli(settings, ['mail', 'test', address]);
    expect(await test(env(server.url))).toMatchObject({
      code: 1,
      err: expect.stringContaining('550 not here') as string,
    });
    const { SMTP_URL: _, ...without } = env(server.url);
    expect(await test(without)).toMatchObject({ code: 1, err: 'vitrine: No mails are sent: SMTP_URL is not set.\n' });
    expect(await test(env(server.url), 'reader')).toMatchObject({ code: 1 });
  });
});
