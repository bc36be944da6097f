import { type Membership, writeMembership } from '../identity/membership.ts';
import type { UserChange } from '../identity/users.ts';
import { command, type Terminal, UsageError } from './command.ts';
import { momentOf } from './moment.ts';
import { newPassword, passwordOptions, passwordSynopsis } from './newPassword.ts';
import { printList, say, time } from './print.ts';
import { userOf, withServices } from './services.ts';

const add = command({
  name: 'user add',
  synopsis: `EMAIL [--name NAME] [--role ROLE]... ${passwordSynopsis}`,
  says: 'Adds a user. Asks for the password unless it comes on standard input or is made up.',
  options: { name: { type: 'string' }, role: { type: 'string', multiple: true }, ...passwordOptions },
  words: [1, 1],
  async run(values, [email = ''], terminal) {
    const { password, announce } = await newPassword(values, terminal);
    const { name = '', role: roles = [] } = values;
    await withServices(terminal, async ({ users, record }) => {
      const user = await record('user.add', email, () => users.add({ email, name, password, roles }));
      say(terminal, `${user.email} was added.`);
      announce();
    });
  },
});

const list = command({
  name: 'user list',
  synopsis: '[--json]',
  says: 'Lists all users.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withServices(terminal, async ({ users }) => {
      printList(terminal, await users.list(), {
        json,
        headings: ['EMAIL', 'NAME', 'ACTIVE', 'ROLES', 'LAST LOGIN'],
        row: ({ email, name, active, memberships, lastLoginAt }) => [
          email,
          name,
          active ? 'yes' : 'no',
          inWords(memberships),
          time(lastLoginAt),
        ],
      });
    });
  },
});

const disable = command({
  name: 'user disable',
  synopsis: 'EMAIL',
  says: 'Ends all logins of a user and allows no new ones.',
  options: {},
  words: [1, 1],
  run: (_values, [email = ''], terminal) => change(terminal, email, { active: false }, 'is disabled'),
});

const enable = command({
  name: 'user enable',
  synopsis: 'EMAIL',
  says: 'Lets a disabled user log in again.',
  options: {},
  words: [1, 1],
  run: (_values, [email = ''], terminal) => change(terminal, email, { active: true }, 'is enabled'),
});

const passwd = command({
  name: 'user passwd',
  synopsis: `EMAIL ${passwordSynopsis}`,
  says: 'Gives a user a new password and ends all logins made with the old one.',
  options: passwordOptions,
  words: [1, 1],
  async run(values, [email = ''], terminal) {
    const { password, announce } = await newPassword(values, terminal);
    await withServices(terminal, async ({ users, record }) => {
      const user = await userOf(users, email);
      await record('user.password', user.email, () => users.change(user.id, { password }));
      say(terminal, `${user.email} has a new password.`);
      announce();
    });
  },
});

const role = command({
  name: 'user role',
  synopsis: 'EMAIL add ROLE [--from DATE] [--until DATE] | EMAIL remove ROLE',
  says: 'Gives a role to a user or takes it away; the user has to log in again. A role with dates begins and ends by itself.',
  options: { from: { type: 'string' }, until: { type: 'string' } },
  words: [3, 3],
  async run({ from, until }, [email = '', verb = '', typed = ''], terminal) {
    const name = typed.normalize('NFC');
    if (verb !== 'add' && verb !== 'remove') throw new UsageError(`Write add or remove, not ${verb}`);
    if (verb === 'remove' && (from ?? until) !== undefined) throw new UsageError('Dates are for add.');
    const wanted = { role: name, from: dateOf('--from', from), until: dateOf('--until', until) };
    await withServices(terminal, async ({ users, record }) => {
      const user = await userOf(users, email);
      const others = user.memberships.filter((one) => one.role !== name);
      const roles = verb === 'add' ? [...others, wanted] : others;
      const { memberships: now } = await record('user.change', user.email, () => users.change(user.id, { roles }));
      say(terminal, `${user.email} has ${now.length === 0 ? 'no role' : `the roles: ${inWords(now)}`}.`);
    });
  },
});

function dateOf(option: string, typed: string | undefined): Date | undefined {
  return typed === undefined ? undefined : new Date(momentOf(option, typed));
}

function inWords(memberships: readonly Membership[]): string {
  return memberships.map(writeMembership).join(', ');
}

async function change(terminal: Terminal, email: string, what: UserChange, then: string): Promise<void> {
  await withServices(terminal, async ({ users, record }) => {
    const user = await userOf(users, email);
    await record('user.change', user.email, () => users.change(user.id, what));
    say(terminal, `${user.email} ${then}.`);
  });
}

export const userCommands = [add, list, disable, enable, passwd, role];
