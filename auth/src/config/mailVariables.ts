import { z } from 'zod';
import { bad, good, type Parsed } from '../shared/result.ts';
import * as kind from './kinds.ts';
import { isTemplateText, templateText } from './secretKinds.ts';
import type { Variable } from './variable.ts';

/** How mails leave: `tls` from the first byte (smtps), or by STARTTLS. */
type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
};
type Sender = { readonly name: string; readonly address: string };

export type MailSettings = { readonly server: MailServer; readonly from: Sender };

const SPELLINGS = 'Write smtp://user:password@host:587 or smtps://user:password@host:465.';
const ENCODED = 'Write / # ? @ : % in a user or a password as %2F %23 %3F %40 %3A %25.';
const FORM = 'an e-mail address, or a name and one: `Example Library <images@example.org>`';

function readServer(text: string): Parsed<MailServer> {
  const url = URL.parse(text);
  // No word of the text is repeated: a password may be anywhere in it.
  if (url === null || !/^smtps?:$/.test(url.protocol)) return bad(`This is no address of a mail server. ${SPELLINGS}`);
  if (!/^[\w.:[\]-]+$/.test(url.hostname) || !/^\/?$/.test(url.pathname) || /[?#]/.test(text)) {
    return bad(`There is more or less in it than a mail server. ${SPELLINGS} ${ENCODED}`);
  }
  if ((url.username === '') !== (url.password === '')) return bad(`User and password go together. ${SPELLINGS}`);
  if (isTemplateText(url.password)) return bad('The password in it is still the text of the template.');
  const tls = url.protocol === 'smtps:';
  const port = url.port === '' ? (tls ? 465 : 587) : Number(url.port);
  try {
    const login = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return good({ host, port, tls, login: login.user === '' ? undefined : login });
  } catch {
    return bad(`There is a % in it that encodes nothing. ${ENCODED}`);
  }
}

function readSender(text: string): Sender | undefined {
  const [, name = '', address = text] = /^([^\p{Cc}<>"@]{1,120}?) *<([^<>]+)>$/u.exec(text) ?? [];
  return kind.mailbox.safeParse(address).success ? { name: name.trim(), address } : undefined;
}

export const mailVariables = {
  SMTP_URL: {
    group: 'mail',
    kind: z
      .string()
      .transform((text, context): MailServer => {
        const read = readServer(text);
        if (read.ok) return read.value;
        context.addIssue({ code: 'custom', message: read.message });
        return z.NEVER;
      })
      .describe('`smtp://…` or `smtps://…`'),
    description:
      'The server that takes our mails: links to set a password, for who is invited or has forgotten it. `smtps` is TLS from the start (port 465), `smtp` is STARTTLS (port 587). With user and password there has to be TLS, and a certificate for that name; without them (a server of your own) mails go as they can. In Docker, auth needs a way to it: docs/operations/accounts.md. Try it with `vitrine mail test ADDRESS`.',
    otherwise: 'no mails; links are shown to who makes them',
    example: `smtp://vitrine:${templateText}@mail.example.org:587`,
    secret: true,
  },
  MAIL_FROM: {
    group: 'mail',
    kind: z
      .string()
      .transform((text, context): Sender => {
        const sender = readSender(text);
        if (sender) return sender;
        context.addIssue({ code: 'custom', message: `Give ${FORM.replaceAll('`', '')}.` });
        return z.NEVER;
      })
      .describe(FORM),
    description: 'Who our mails are from. The server of `SMTP_URL` has to accept it; answers go there.',
    otherwise: 'needed with `SMTP_URL`',
    example: 'Example Library <images@example.org>',
  },
} as const satisfies Record<string, Variable>;
