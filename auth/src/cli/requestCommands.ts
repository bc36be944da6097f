import type { Sent } from '../mail/mailer.ts';
import { command, UsageError, type Terminal } from './command.ts';
import { momentOf } from './moment.ts';
import { printList, say, time } from './print.ts';
import { withServices } from './services.ts';

const list = command({
  name: 'request list',
  synopsis: '[--json]',
  says: 'Lists what people have asked for who may not see something, the newest first. Each is kept for 90 days.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withServices(terminal, async ({ requests }) => {
      printList(terminal, await requests.list(), {
        json,
        headings: ['ID', 'ASKED', 'STATE', 'PLACE', 'NAME', 'EMAIL', 'REASON'],
        row: ({ id, createdAt, state, place, name, email, reason }) => [
          id,
          time(createdAt),
          state,
          place,
          name,
          email,
          reason.replaceAll(/\s+/g, ' '),
        ],
      });
    });
  },
});

const grant = command({
  name: 'request grant',
  synopsis: 'ID --until DATE [--say WORDS]',
  says: 'Makes a share link for who asked, for one person until a date, and mails it where SMTP_URL is set. The link is printed once.',
  options: { until: { type: 'string' }, say: { type: 'string' } },
  words: [1, 1],
  async run({ until, say: word = '' }, [id = ''], terminal) {
    if (until === undefined) throw new UsageError('Say with --until when the access is over: --until 2027-07-01');
    const end = new Date(momentOf('--until', until));
    await withServices(terminal, async ({ requests, record }) => {
      const { email, place } = await requests.open(id);
      const { link, mailed } = await record('request.grant', `${email}: ${place}`, () => requests.grant(id, end, word));
      tell(terminal, email, mailed);
      say(terminal, `With this link ${email} sees ${place} until ${time(end)}:`);
      terminal.stdout.write(`${link}\n`);
    });
  },
});

const refuse = command({
  name: 'request refuse',
  synopsis: 'ID [--say WORDS]',
  says: 'Refuses what somebody asked for, and mails that where SMTP_URL is set.',
  options: { say: { type: 'string' } },
  words: [1, 1],
  async run({ say: word = '' }, [id = ''], terminal) {
    await withServices(terminal, async ({ requests, record }) => {
      const { email, place } = await requests.open(id);
      const { mailed } = await record('request.refuse', `${email}: ${place}`, () => requests.refuse(id, word));
      tell(terminal, email, mailed);
      say(terminal, `The request of ${email} is refused.`);
    });
  },
});

function tell(terminal: Terminal, email: string, mailed: Sent | undefined): void {
  if (mailed?.kind === 'sent') say(terminal, `A mail is on its way to ${email}.`);
  if (mailed?.kind === 'failed') say(terminal, `No mail was sent. Of ${mailed.reason}`);
  if (!mailed) say(terminal, `No mails are sent from here: write to ${email} yourself.`);
}

export const requestCommands = [list, grant, refuse];
