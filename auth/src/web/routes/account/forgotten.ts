import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { LOGIN_PATH } from '../../../iiif/addresses.ts';
import { isEmail } from '../../../identity/checks.ts';
import type { ForgottenPasswords } from '../../../mail/forgottenPasswords.ts';
import { pageHeaders, sendPage } from '../../pages.ts';
import { forgottenWords } from '../../words/forgotten.ts';
import { languageOf } from '../../words/language.ts';
import { Field, formSteps } from './forms.ts';

export const FORGOTTEN_PATH = '/auth/forgotten';

type Settings = { readonly publicUrl: string };

const Form = z.object({ email: Field });

/** Where somebody asks for a link to set a new password. It says the same, at the same time, whatever the address. */
export function forgottenSteps(forgotten: ForgottenPasswords, { publicUrl }: Settings) {
  const headers = pageHeaders();

  const show: RequestHandler = (request, response) => form(request, response, 200);

  async function ask(request: Request, response: Response): Promise<void> {
    const typed = Form.parse(request.body ?? {}).email.trim();
    const language = languageOf(request);
    const words = forgottenWords[language];
    if (!isEmail(typed)) {
      await form(request, response, 400, words.noAddress, typed);
      return;
    }
    const taken = await forgotten.ask({ email: typed, address: request.ip ?? '', language });
    switch (taken) {
      case 'taken':
        await sendPage(response, 200, 'forgotten-sent', {
          words,
          lang: words.lang,
          email: typed,
          loginPath: LOGIN_PATH,
        });
        return;
      case 'throttled':
        await form(request, response, 429, words.throttled, typed);
        return;
      case 'busy':
        await form(request, response, 503, words.busy, typed);
    }
  }

  async function form(request: Request, response: Response, status: number, problem = '', email = ''): Promise<void> {
    const words = forgottenWords[languageOf(request)];
    const shown = { words, lang: words.lang, problem, email: email.slice(0, 320), action: FORGOTTEN_PATH };
    await sendPage(response, status, 'forgotten', { ...shown, loginPath: LOGIN_PATH });
  }

  return { show: [headers, show], ask: [headers, ...formSteps(publicUrl), ask] };
}
