import { command, UsageError } from './command.ts';
import { say, time } from './print.ts';
import { withServices } from './services.ts';

export const userInvite = command({
  name: 'user invite',
  synopsis: 'EMAIL [--name NAME] [--role ROLE]...',
  says: 'Makes a link by which somebody sets their password, a new user, or one who has forgotten it, and sends it where SMTP_URL is set. It can be used once, within seven days.',
  options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
  words: [1, 1],
  async run({ name, role: roles }, [email = ''], terminal) {
    await withServices(terminal, async ({ users, invitations, record }) => {
      const known = await users.findByEmail(email);
      if (known && (name !== undefined || roles)) {
        throw new UsageError(`There is a user ${known.email} already: --name and --role are for a new one.`);
      }
      const user =
        known ?? (await record('user.add', email, () => users.add({ email, name: name ?? '', roles: roles ?? [] })));
      const { link, expiresAt, mailed } = await record('user.invite', user.email, () => invitations.invite(user));
      if (mailed?.kind === 'sent') say(terminal, `A mail with the link is on its way to ${user.email}.`);
      if (mailed?.kind === 'failed') say(terminal, `No mail was sent. Of ${mailed.reason}`);
      say(terminal, `With this link ${user.email} sets a password, once, until ${time(expiresAt)}:`);
      terminal.stdout.write(`${link}\n`);
    });
  },
});
