import { Refused } from '../identity/errors.ts';
import { command, UsageError } from './command.ts';
import { printList, say, time } from './print.ts';
import { userOf, withServices } from './services.ts';

const list = command({
  name: 'session list',
  synopsis: '[--json]',
  says: 'Lists the logins that are live now.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withServices(terminal, async ({ sessions }) => {
      const live = (await sessions.list()).map(({ id, user, createdAt, expiresAt, address, userAgent }) => {
        return { id, user: user.email, createdAt, expiresAt, address, userAgent };
      });
      printList(terminal, live, {
        json,
        headings: ['ID', 'USER', 'SINCE', 'UNTIL', 'FROM', 'BROWSER'],
        row: (one) => [one.id, one.user, time(one.createdAt), time(one.expiresAt), one.address, one.userAgent],
      });
    });
  },
});

const end = command({
  name: 'session end',
  synopsis: 'ID | --user EMAIL',
  says: 'Ends one login, or all logins of a user.',
  options: { user: { type: 'string' } },
  words: [0, 1],
  async run({ user: email }, [id], terminal) {
    if ((id === undefined) === (email === undefined)) throw new UsageError('Give the id of a login or --user EMAIL.');
    await withServices(terminal, async ({ users, sessions, record }) => {
      if (email !== undefined) {
        const user = await userOf(users, email);
        await record('session.end', user.email, () => sessions.endAllOf(user.id));
        say(terminal, `All logins of ${user.email} have ended.`);
      } else if (id !== undefined) {
        if (!(await sessions.ofId(id))) throw new Refused('id', `There is no live login with the id ${id}`);
        await record('session.end', id, () => sessions.end(id));
        say(terminal, 'The login has ended.');
      }
    });
  },
});

export const sessionCommands = [list, end];
