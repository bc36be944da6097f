import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { REQUEST_PATH } from '../../iiif/addresses.ts';
import { formatIdentifier, parseIdentifier } from '../../iiif/identifier.ts';
import { Refused } from '../../identity/errors.ts';
import type { AuditTrail } from '../../observability/audit.ts';
import type { Requests } from '../../requests/requests.ts';
import type { Clock } from '../../shared/clock.ts';
import { pageHeaders, sendPage } from '../pages.ts';
import { languageOf } from '../texts/speech.ts';
import { Field, formSteps } from './account/forms.ts';

/** Whatever is behind the path: an identifier, or nothing for the folder of images itself. */
export const REQUEST_PATHS = new RegExp(`^${REQUEST_PATH}`);

type Parts = { readonly requests: Requests; readonly audit: AuditTrail; readonly now: Clock };
type Settings = {
  readonly publicUrl: string;
  readonly institution: string;
  /** The path for which access can be asked for, by the rule that holds at another one; `undefined` where it cannot. */
  readonly requestable: (path: readonly string[]) => readonly string[] | undefined;
};

const Form = z.object({ name: Field, email: Field, reason: Field });
type Typed = z.infer<typeof Form>;
/** What is wrong with a field, in words of `texts/`. */
const WRONG: Readonly<Record<string, string>> = {
  name: 'Write your name, on one line.',
  email: 'This is not an e-mail address.',
  reason: 'Say what you need it for, in 2,000 characters at most.',
};
const BUSY = 'There are too many requests at the moment. Try again later.';
const NOTHING: Typed = { name: '', email: '', reason: '' };

/**
 * Where somebody asks to see what they may not see. A place that is not there, and one for which nobody can ask, are the
 * same as any other address where there is nothing; nothing is looked up on the disk.
 */
export function requestSteps({ requests, audit, now }: Parts, settings: Settings) {
  const { publicUrl, institution, requestable } = settings;
  const headers = pageHeaders();

  function readPlace(request: Request, response: Response, next: NextFunction): void {
    const raw = request.path.slice(REQUEST_PATH.length);
    const path = raw === '' ? [] : parseIdentifier(raw);
    const asked = Array.isArray(path) ? requestable([]) : 'ok' in path && path.ok ? requestable(path.value) : undefined;
    if (asked) response.locals['place'] = asked;
    next(asked ? undefined : 'route');
  }

  async function show(_request: Request, response: Response): Promise<void> {
    await form(response, 200, NOTHING, undefined);
  }

  async function ask(request: Request, response: Response): Promise<void> {
    const typed = Form.parse(request.body ?? {});
    const language = languageOf(response);
    const place = placeOf(response).join('/') || '.';
    if (!(await requests.isRoomFor(request.ip ?? ''))) {
      await form(response, 429, typed, { field: '', problem: BUSY });
      return;
    }
    try {
      await requests.ask({ ...typed, place, language }, ({ email }) =>
        audit.record({ at: now(), action: 'request.add', actor: email, target: place, address: request.ip ?? '' }),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { field, message } = error;
      await form(response, 400, typed, { field, problem: WRONG[field] ?? message });
      return;
    }
    const email = typed.email.trim();
    await sendPage(response, 200, 'request-sent', { institution, email });
  }

  async function form(
    response: Response,
    status: number,
    { name, email, reason }: Typed,
    wrong: { field: string; problem: string } | undefined,
  ): Promise<void> {
    const place = placeOf(response);
    await sendPage(response, status, 'request', {
      institution,
      place: place.join('/'),
      action: REQUEST_PATH + formatIdentifier(place),
      typed: { name: name.slice(0, 200), email: email.slice(0, 320), reason: reason.slice(0, 2000) },
      problem: wrong?.problem ?? '',
      field: wrong?.field ?? '',
    });
  }

  return { show: [readPlace, headers, show], ask: [readPlace, headers, ...formSteps(publicUrl), ask] };
}

function placeOf(response: Response): readonly string[] {
  return response.locals['place'] as readonly string[];
}
