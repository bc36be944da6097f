import type { MailSettings } from '../config/mailVariables.ts';
import type { Users } from '../identity/users.ts';
import type { AuditTrail } from '../observability/audit.ts';
import type { Invitations } from '../sessions/invitations.ts';
import type { Clock } from '../shared/clock.ts';
import type { Log } from '../shared/log.ts';
import { ForgottenPasswords } from './forgottenPasswords.ts';
import { InvitationMail } from './invitationMail.ts';
import { Mailer } from './mailer.ts';
import { Outbox } from './outbox.ts';

type Parts = {
  readonly users: Users;
  readonly invitations: Invitations;
  readonly audit: AuditTrail;
  readonly log: Log;
  readonly now: Clock;
};
type Settings = {
  readonly mail: MailSettings | undefined;
  readonly publicUrl: string;
  readonly institution: string;
};

/** All that sends mails; what needs a mail server is `undefined` where there is none. */
export function createPost(parts: Parts, settings: Settings) {
  const { invitations, audit, log, now } = parts;
  const mailer = settings.mail && new Mailer(settings.mail, settings.publicUrl);
  const outbox = mailer && new Outbox(mailer, audit, log, now);
  return {
    mailer,
    outbox,
    invitationMail: new InvitationMail(invitations, mailer, settings),
    forgotten: outbox && new ForgottenPasswords({ ...parts, outbox }, settings),
  };
}
