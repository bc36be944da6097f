import { loadConfig } from '../config/load.ts';
import { checkedEmail } from '../identity/checks.ts';
import { Refused } from '../identity/errors.ts';
import { testLetter } from '../mail/letters.ts';
import { Mailer } from '../mail/mailer.ts';
import { command } from './command.ts';
import { say } from './print.ts';

const mailTest = command({
  name: 'mail test',
  synopsis: 'ADDRESS',
  says: 'Sends a mail by the server of SMTP_URL, and says what is wrong where that fails.',
  options: {},
  words: [1, 1],
  async run(_values, [typed = ''], terminal) {
    const { mail, publicUrl, institution } = loadConfig(terminal.env);
    if (!mail) throw new Refused('SMTP_URL', 'No mails are sent: SMTP_URL is not set.');
    const address = checkedEmail(typed);
    const sent = await new Mailer(mail, publicUrl).send(address, testLetter(institution));
    if (sent.kind === 'failed') throw new Refused('SMTP_URL', `The mail was not sent. Of ${sent.reason}`);
    const { host, port } = mail.server;
    say(terminal, `The mail server ${host}:${port} took a mail from ${mail.from.address} to ${address}.`);
  },
});

export const mailCommands = [mailTest];
