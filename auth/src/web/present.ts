import type { Pattern } from '../access/rules.ts';
import type { Denial, Refusal } from '../gate/verdict.ts';

/** What every refusal looks like to a program. */
export type ErrorBody = { readonly error: string; readonly message: string };
export type Answer = { readonly status: 400 | 401 | 403 | 404 | 500 | 503; readonly body: ErrorBody };

/** The one place where a verdict becomes an HTTP status. */
export function presentRefusal(refusal: Denial | Refusal): Answer {
  switch (refusal.kind) {
    case 'invalid':
      return answer(400, 'invalid_request', refusal.message);
    case 'locked':
      return answer(401, ...LOCKED[refusal.pattern]);
    case 'forbidden':
      return answer(403, 'forbidden', 'This is not open to you.');
    case 'missing':
      return answer(404, 'not_found', refusal.message);
    case 'unreadable':
      return answer(500, 'unreadable', refusal.message);
    case 'unavailable':
      return answer(503, 'unavailable', refusal.message);
  }
}

const LOCKED: Record<Pattern, [string, string]> = {
  login: ['login_required', 'This image is not open to everybody. Log in to see it.'],
  clickthrough: ['agreement_required', 'This image is for those who agree to the terms of its owner.'],
  kiosk: ['kiosk_required', 'This image is shown at certain places only. Open it there.'],
  external: ['place_required', 'This image is shown at certain places only.'],
};

function answer(status: Answer['status'], error: string, message: string): Answer {
  return { status, body: { error, message } };
}

/** JSON that may be the value of a header: ASCII, one line. */
export function headerJson(body: ErrorBody): string {
  return JSON.stringify(body).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
