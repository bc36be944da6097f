import { invitationLink } from '../sessions/invitations.ts';
import { command, UsageError } from './command.ts';
import { say, time } from './print.ts';
import { withServices } from './services.ts';

export const userInvite = command({
  name: 'user invite',
  synopsis: 'EMAIL [--name NAME] [--role ROLE]...',
  says: 'Makes a link by which somebody sets their password, to be pasted into a mail: a new user, or one who has forgotten it. It can be used once, within seven days.',
  options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
  words: [1, 1],
  async run({ name, role: roles }, [email = ''], terminal) {
    await withServices(terminal, async ({ users, invitations, publicUrl, record }) => {
      const known = await users.findByEmail(email);
      if (known && (name !== undefined || roles)) {
        throw new UsageError(`There is a user ${known.email} already: --name and --role are for a new one.`);
      }
      const user =
        known ?? (await record('user.add', email, () => users.add({ email, name: name ?? '', roles: roles ?? [] })));
      const { secret, expiresAt } = await record('user.invite', user.email, () => invitations.invite(user));
      say(terminal, `With this link ${user.email} sets a password, once, until ${time(expiresAt)}:`);
      terminal.stdout.write(`${invitationLink(publicUrl, secret)}\n`);
    });
  },
});
