import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Users } from '../../../identity/users.ts';
import type { AuditTrail } from '../../../observability/audit.ts';
import { INVITATION_PATH, type Invitations } from '../../../sessions/invitations.ts';
import type { Clock } from '../../../shared/clock.ts';
import { pageHeaders, sendPage } from '../../pages.ts';
import { Field, formSteps, mistyped, NewPassword } from './forms.ts';

type Parts = {
  readonly invitations: Invitations;
  readonly users: Users;
  readonly audit: AuditTrail;
  readonly now: Clock;
};
type Settings = {
  readonly publicUrl: string;
  readonly institution: string;
  /** Where one gets another link; empty where no mails are sent. */
  readonly forgottenPath: string;
};

const Opened = z.object({ secret: Field });
const Accepted = NewPassword.extend({ secret: Field });

/**
 * Where somebody who was invited sets a password. The secret stands behind the # of the link, so that no program that
 * only loads links uses it up: a script of the page puts it into a form, and a person sends that.
 */
export function invitationSteps({ invitations, users, audit, now }: Parts, settings: Settings) {
  const { publicUrl, institution, forgottenPath } = settings;
  const headers = pageHeaders();
  const read = formSteps(publicUrl);

  const show: RequestHandler = (_request, response) =>
    sendPage(response, 200, 'invitation', { institution, action: `${INVITATION_PATH}/open` });

  async function open(request: Request, response: Response): Promise<void> {
    const { secret } = Opened.parse(request.body ?? {});
    const guest = await invitations.guestOf(secret);
    if (guest) await form(response, 200, { secret, email: guest.email, problem: '' });
    else await over(response);
  }

  async function accept(request: Request, response: Response): Promise<void> {
    const { secret, ...typed } = Accepted.parse(request.body ?? {});
    const guest = await invitations.guestOf(secret);
    if (!guest) {
      await over(response);
      return;
    }
    const { email } = guest;
    const event = { at: now(), actor: email, target: email, address: request.ip ?? '' };
    const problem = mistyped(typed) ?? users.unfit(typed.password);
    if (problem !== undefined) {
      await form(response, 400, { secret, email, problem });
      return;
    }
    await audit.record({ ...event, action: 'user.password' });
    if (await invitations.accept(secret, typed.password)) {
      await sendPage(response, 200, 'password-set', { institution, email });
    } else {
      await audit.record({ ...event, action: 'refused' });
      await over(response);
    }
  }

  function form(response: Response, status: number, data: { secret: string; email: string; problem: string }) {
    return sendPage(response, status, 'new-password', { institution, action: INVITATION_PATH, ...data });
  }

  function over(response: Response) {
    return sendPage(response, 410, 'invitation-over', { institution, forgottenPath });
  }

  return { show: [headers, show], open: [headers, ...read, open], accept: [headers, ...read, accept] };
}
