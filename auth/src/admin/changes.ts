import { ValidationError, type ActionContext } from 'adminjs';
import { Refused } from '../identity/errors.ts';
import type { AuditAction, AuditEvent, AuditTrail } from '../observability/audit.ts';
import type { Clock } from '../shared/clock.ts';

/** A target may be what somebody typed: no longer than an e-mail address can be, and one line. */
const LONGEST = 320;
const CONTROLS = /\p{Cc}/gu;

/** What is about to be done, and to whom or what (an e-mail address, a role, a session's id). */
type Change = Pick<AuditEvent, 'target' | 'change'> & { readonly actions: readonly AuditAction[] };

/** Makes a change and has it recorded. */
export type AuditedChange = <T>(change: Change, context: ActionContext, make: () => Promise<T>) => Promise<T>;

/**
 * Every change of the panel goes through here: recorded first, so that one which cannot be recorded is not made; one that
 * the rules refuse is recorded as refused, and told to the administrator at the field it is about.
 * @throws ValidationError (AdminJS shows it) for what is refused; StoreUnavailable.
 */
export function changes(audit: AuditTrail, now: Clock): AuditedChange {
  return async function record(change, context, make) {
    const by = actorOf(context);
    const target = change.target.replace(CONTROLS, ' ').slice(0, LONGEST);
    const write = (action: AuditAction): Promise<void> =>
      audit.record({ at: now(), action, target, ...(action !== 'refused' && { change: change.change }), ...by });

    for (const action of change.actions) await write(action);
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await write('refused');
      throw refusal(error.field, error.message);
    }
  };
}

/** The message at its field, and on top of the page, where a delete has no field to show it at. */
export function refusal(field: string, message: string): ValidationError {
  const told = { type: 'refused', message };
  return new ValidationError({ [field]: told }, told);
}

function actorOf({ currentAdmin }: ActionContext): { actor: string; address: string } {
  if (!currentAdmin) throw new Error('There is no administrator behind the guard.');
  return { actor: currentAdmin.email, address: String(currentAdmin['address']) };
}
