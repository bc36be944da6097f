import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { LOGIN_PATH } from '../../../iiif/addresses.ts';
import { isEmail } from '../../../identity/checks.ts';
import type { ForgottenPasswords } from '../../../mail/forgottenPasswords.ts';
import { pageHeaders, sendPage } from '../../pages.ts';
import { languageOf } from '../../texts/speech.ts';
import { Field, formSteps } from './forms.ts';

export const FORGOTTEN_PATH = '/auth/forgotten';

type Settings = { readonly publicUrl: string };

const Form = z.object({ email: Field });

/** Where somebody asks for a link to set a new password. It says the same, at the same time, whatever the address. */
export function forgottenSteps(forgotten: ForgottenPasswords, { publicUrl }: Settings) {
  const headers = pageHeaders();

  const show: RequestHandler = (_request, response) => form(response, 200);

  async function ask(request: Request, response: Response): Promise<void> {
    const typed = Form.parse(request.body ?? {}).email.trim();
    if (!isEmail(typed)) {
      await form(response, 400, 'This is not an e-mail address.', typed);
      return;
    }
    const taken = await forgotten.ask({ email: typed, address: request.ip ?? '', language: languageOf(response) });
    switch (taken) {
      case 'taken':
        await sendPage(response, 200, 'forgotten-sent', { email: typed, loginPath: LOGIN_PATH });
        return;
      case 'throttled':
        await form(response, 429, 'Too many attempts. Try again in an hour.', typed);
        return;
      case 'busy':
        await form(response, 503, 'Mails cannot be sent at the moment. Try again later.', typed);
    }
  }

  async function form(response: Response, status: number, problem = '', email = ''): Promise<void> {
    const shown = { problem, email: email.slice(0, 320), action: FORGOTTEN_PATH, loginPath: LOGIN_PATH };
    await sendPage(response, status, 'forgotten', shown);
  }

  return { show: [headers, show], ask: [headers, ...formSteps(publicUrl), ask] };
}
