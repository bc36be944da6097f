import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/database/open.ts';
import { hashSecret, newSecret } from '../src/sessions/secrets.ts';
import { Sessions } from '../src/sessions/sessions.ts';
import { systemClock } from '../src/shared/clock.ts';
import { MailServer } from './support/mailServer.ts';
import { runCli } from './support/cli.ts';
import { person } from './support/people.ts';
import { until } from '../../test-support/until.mjs';

const run = promisify(execFile);
const salt = 'a salt of forty characters for the tests!';

let folder: string;
let env: Record<string, string>;
/** As the running service has it. */
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-cli-'));
  env = { DATA_DIR: folder, IMAGE_DIR: folder, IMAGE_SERVER: 'iipsrv', PYRAMIDS_URL: 'http://127.0.0.1:1' };
  Object.assign(env, { AUTH_PASSWORD_SALT: salt });
  database = await openDatabase({ type: 'sqlite', file: join(folder, 'auth.db') }, { warn: () => undefined });
  return async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  };
});

const cli = (line: readonly string[], typed = '', isTTY = false) => runCli(env, line, typed, isTTY);

async function trail(): Promise<string[]> {
  const events = await database.audit.list(100, 0);
  expect(events.every(({ actor }) => actor === 'cli')).toBe(true);
  return events.reverse().map(({ action, target }) => `${action} ${target}`);
}

describe('vitrine user', () => {
  const ada = person('Ada', { roles: ['admin'] });
  beforeEach(() => database.users.insert(ada));

  it('adds a user with the password from standard input, and records it', async () => {
    const line = ['user', 'add', 'Bob@Example.org', '--name', 'Bob', '--role', 'admin', '--password-stdin'];
    expect(await cli(line, 'a long enough one\n')).toEqual({ code: 0, out: '', err: 'bob@example.org was added.\n' });
    expect(await database.users.findByEmail('bob@example.org')).toMatchObject({ name: 'Bob', roles: ['admin'] });
    expect(await trail()).toEqual(['user.add Bob@Example.org']);
  });

  it('makes a password up and says it once, alone on standard output', async () => {
    const { code, out } = await cli(['user', 'add', 'bob@example.org', '--generate']);
    expect(code).toBe(0);
    expect(out).toMatch(/^[A-Za-z2-9]{5}(-[A-Za-z2-9]{5}){3}\n$/);
  });

  it('asks twice for a password at a terminal, and shows nothing of it', async () => {
    const done = await cli(['user', 'passwd', ada.email], 'typed at a desk\rtyped at a desk\r', true);
    expect(done).toEqual({ code: 0, out: '', err: `Password: \nAgain: \n${ada.email} has a new password.\n` });
    expect((await database.users.findByEmail(ada.email))?.passwordHash).toMatch(/^\$2b\$/);
    const differ = await cli(['user', 'passwd', ada.email], 'typed at a desk\rtyped at a disk\r', true);
    expect(differ).toMatchObject({ code: 1, err: expect.stringContaining('not the same') as string });
  });

  it('gives up on Ctrl-C and on the end of input', async () => {
    for (const key of ['half a pass\x03', '\x04']) {
      expect(await cli(['user', 'passwd', ada.email], key, true)).toMatchObject({ code: 1, out: '' });
    }
    expect((await database.users.findByEmail(ada.email))?.passwordHash).toBe(ada.passwordHash);
  });

  it('asks nobody where nobody sits', async () => {
    const { code, err } = await cli(['user', 'passwd', ada.email]);
    expect(code).toBe(2);
    expect(err).toContain('--password-stdin');
  });

  it('lists users, for people and for programs', async () => {
    await database.users.insert(person('Bob', { active: false, lastLoginAt: new Date('2026-02-03T04:05:06Z') }));
    const { out } = await cli(['user', 'list']);
    expect(out).toBe(
      'EMAIL            NAME  ACTIVE  ROLES  LAST LOGIN\n' +
        'ada@example.org  Ada   yes     admin  never\n' +
        'bob@example.org  Bob   no             2026-02-03 04:05:06Z\n',
    );
    const json = await cli(['user', 'list', '--json']);
    expect(JSON.parse(json.out)).toMatchObject([{ email: ada.email, roles: ['admin'] }, { active: false }]);
    expect(json.out).not.toContain('assword');
  });

  it('disables, enables, gives and takes roles', async () => {
    const bob = person('Bob');
    await database.users.insert(bob);
    const now = () => database.users.find(bob.id);
    expect((await cli(['user', 'disable', bob.email])).code).toBe(0);
    expect(await now()).toMatchObject({ active: false });
    expect((await cli(['user', 'enable', bob.email])).code).toBe(0);
    expect(await now()).toMatchObject({ active: true });
    expect((await cli(['user', 'role', bob.email, 'add', 'admin'])).err).toContain('has the roles: admin');
    expect(await now()).toMatchObject({ roles: ['admin'] });
    expect((await cli(['user', 'role', bob.email, 'remove', 'admin'])).err).toContain('has no role');
    expect(await trail()).toEqual(Array.from({ length: 4 }, () => `user.change ${bob.email}`));
  });

  it('gives a role from a day on and until one', async () => {
    const bob = person('Bob');
    await database.users.insert(bob);
    await database.users.insertRole({ name: 'seminar', description: '' });
    const line = ['user', 'role', bob.email, 'add', 'seminar'];
    const { err } = await cli([...line, '--from', '2026-04-01T00:00Z', '--until', '2027-07-01T00:00Z']);
    expect(err).toMatch(/has the roles: seminar \(from 202\S+ until 202\S+\)\.\n$/);
    const [from, until] = [new Date('2026-04-01T00:00:00Z'), new Date('2027-07-01T00:00:00Z')];
    expect(await database.users.find(bob.id)).toMatchObject({ memberships: [{ role: 'seminar', from, until }] });
    expect((await cli(['user', 'list'])).out).toMatch(/^bob@example\.org .* seminar \(from 202\S+ until 202\S+\) /m);
    expect((await cli([...line, '--until', 'summer'])).err).toContain('--until summer is not a date');
    expect((await cli(['user', 'role', bob.email, 'remove', 'seminar', '--until', '2027-07-01'])).code).toBe(2);
    const admin = await cli(['user', 'role', bob.email, 'add', 'admin', '--until', '2027-07-01']);
    expect(admin).toMatchObject({ code: 1, err: expect.stringContaining('no end') as string });
    expect((await cli(line)).err).toContain('has the roles: seminar.');
  });

  it('makes a link by which a user sets a password, for a new one or one who forgot it', async () => {
    await database.users.insertRole({ name: 'seminar', description: '' });
    const line = ['user', 'invite', 'bob@example.org'];
    const { code, out, err } = await cli([...line, '--name', 'Bob', '--role', 'seminar']);
    expect(code).toBe(0);
    expect(err).toMatch(/^With this link bob@example\.org sets a password, once, until 20\S+ \S+Z:\n$/);
    const secret = /^http:\/\/localhost\/auth\/invitation#([\w-]{43})\n$/.exec(out)?.[1] ?? '';
    const bob = await database.users.findByEmail('bob@example.org');
    expect(bob).toMatchObject({ name: 'Bob', roles: ['seminar'], passwordHash: '' });
    expect(await database.invitations.find(hashSecret(secret))).toMatchObject({ userId: bob?.id });
    expect(await trail()).toEqual(['user.add bob@example.org', 'user.invite bob@example.org']);
    const again = await cli(line);
    expect(again.code).toBe(0);
    expect(again.out).not.toBe(out);
    expect(await database.invitations.find(hashSecret(secret))).toBeUndefined();
    expect((await cli([...line, '--role', 'admin'])).code).toBe(2);
    await cli(['user', 'disable', 'bob@example.org']);
    expect((await cli(line)).err).toContain('enable the account first');
  });

  it('sends the link by mail where there is a mail server, and says where it cannot', async () => {
    const line = ['user', 'invite', ada.email];
    const server = await MailServer.start({
      refuses: (address) => (address === ada.email ? undefined : '550 not here'),
    });
    Object.assign(env, { SMTP_URL: server.url, MAIL_FROM: 'images@example.org', INSTITUTION: 'Example Library' });
    const { err, out } = await cli(line);
    expect(err).toContain('A mail with the link is on its way to ada@example.org.');
    expect(server.mails).toMatchObject([{ to: [ada.email], from: 'images@example.org' }]);
    const [mail] = server.mails;
    expect(mail?.text).toContain(`\n${out}`);
    expect(mail?.text).toContain('Example Library invites you');
    expect(mail?.text).toContain('Example Library lädt Sie ein');
    const refused = await cli(['user', 'invite', 'bob@example.org']);
    expect(refused.err).toMatch(/^No mail was sent\. Of the mail server .*550 not here$/m);
    expect(refused.out).toMatch(/#[\w-]{43}\n$/);
    await server.stop();
  });

  it('is refused, and recorded so, where the rules say no', async () => {
    const refused = await cli(['user', 'disable', ada.email]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('last active administrator') as string });
    expect(await trail()).toEqual([`user.change ${ada.email}`, `refused ${ada.email}`]);
    expect((await cli(['user', 'role', ada.email, 'add', 'nowhere'])).err).toContain('There is no role "nowhere"');
    expect(await cli(['user', 'disable', 'eve@example.org'])).toMatchObject({ code: 1 });
    expect(await cli(['user', 'add', 'eve@example.org', '--password-stdin'], 'short')).toMatchObject({ code: 1 });
    expect(await cli(['user', 'add', ada.email, '--password-stdin'], 'long enough')).toMatchObject({ code: 1 });
  });
});

describe('vitrine session', () => {
  it('is noticed by a running service within its three seconds', async () => {
    const [ada, bob] = [person('Ada'), person('Bob')];
    await database.users.insert(ada);
    await database.users.insert(bob);
    const sessions = new Sessions(database.sessions, 3600, systemClock);
    const start = async (user: typeof ada, userAgent: string) => {
      const access = newSecret();
      const { id } = await sessions.start({ user, access, account: newSecret(), address: '192.0.2.1', userAgent });
      return { id, live: async () => (await sessions.ofAccessCookie(access)) !== undefined };
    };
    const [first, second, third] = [
      await start(ada, 'one'),
      await start(ada, 'two \x1B[2J'),
      await start(bob, 'three'),
    ];
    const listed = await cli(['session', 'list']);
    for (const { id } of [first, second, third]) expect(listed.out).toContain(id);
    expect(listed.out).not.toContain('\x1B');
    const json = JSON.parse((await cli(['session', 'list', '--json'])).out) as object[];
    expect(json).toContainEqual(expect.objectContaining({ id: third.id, user: bob.email, userAgent: 'three' }));

    expect([await first.live(), await second.live(), await third.live()]).toEqual([true, true, true]);
    expect((await cli(['session', 'end', first.id])).code).toBe(0);
    expect((await cli(['user', 'disable', bob.email])).code).toBe(0);
    await until('the ended are refused', async () => !(await first.live()) && !(await third.live()), 3.5);
    expect(await second.live()).toBe(true);
    expect((await cli(['session', 'end', '--user', ada.email])).code).toBe(0);
    await until('all have ended', async () => !(await second.live()), 3.5);
    expect(await trail()).toEqual([`session.end ${first.id}`, `user.change ${bob.email}`, `session.end ${ada.email}`]);
    expect(await cli(['session', 'end', first.id])).toMatchObject({ code: 1 });
    expect(await cli(['session', 'end'])).toMatchObject({ code: 2 });
    expect(await cli(['session', 'end', first.id, '--user', ada.email])).toMatchObject({ code: 2 });
  });
});

describe('vitrine', () => {
  it('shows the configuration without a secret', async () => {
    const { code, out } = await cli(['config', 'show']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^DATA_DIR +${folder} +environment$`, 'm'));
    expect(out).toMatch(/^AUTH_PASSWORD_SALT +\*+ +environment$/m);
    expect(out).not.toContain(salt);
    const json = JSON.parse((await cli(['config', 'show', '--json'])).out) as object[];
    expect(json).toContainEqual({ name: 'IMAGE_SERVER', value: 'iipsrv', origin: 'environment' });
  });

  it.each([
    [['--help'], ['user add', 'session end', 'config show']],
    [
      ['user', '--help'],
      ['user add', 'user role'],
    ],
    [['session', 'end', '--help'], ['session end ID | --user EMAIL']],
  ])('explains itself: %j', async (line, mentioned) => {
    const { code, out, err } = await cli(line);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const words of mentioned) expect(out).toContain(words);
  });

  it.each([
    [[]],
    [['user']],
    [['user', 'nope']],
    [['user', 'list', '--nope']],
    [['user', 'list', 'surplus']],
    [['user', 'disable']],
    [['user', 'role', 'ada@example.org', 'give', 'admin']],
    [['user', 'add', 'eve@example.org', '--generate', '--password-stdin']],
  ])('says how it is used and exits with 2: %j', async (line) => {
    const { code, out, err } = await cli(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('usage:');
  });

  it('names everything that is wrong with the configuration', async () => {
    Object.assign(env, { IMAGE_DIR: '/nowhere', TOKEN_LIFETIME: 'long' });
    const { code, err } = await cli(['user', 'list']);
    expect(code).toBe(1);
    expect(err).toMatch(/IMAGE_DIR:[^]*TOKEN_LIFETIME:/);
  });

  it('fails at once, without the password, where the database does not answer', async () => {
    Object.assign(env, { AUTH_DB_CONNECTION: 'postgres://vitrine:pass-of-it@127.0.0.1:1/vitrine' });
    const { code, out, err } = await cli(['user', 'list']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/cannot be opened.*ECONNREFUSED/);
    expect(err).not.toContain('pass-of-it');
    writeFileSync(join(folder, 'diary.db'), 'Dear diary, '.repeat(1000));
    Object.assign(env, { AUTH_DB_CONNECTION: `sqlite:///${join(folder, 'diary.db')}` });
    expect(await cli(['user', 'list'])).toMatchObject({ code: 1, out: '' });
  });

  it('is a program, and ends by itself', async () => {
    const main = join(import.meta.dirname, '../src/cli/main.ts');
    const { stdout } = await run(process.execPath, [main, 'user', 'list', '--json'], { env, timeout: 20_000 });
    expect(JSON.parse(stdout)).toEqual([]);
    const failed = run(process.execPath, [main, 'user', 'disable', 'eve@example.org'], { env, timeout: 20_000 });
    await expect(failed).rejects.toMatchObject({ code: 1, stdout: '' });
  });
});
