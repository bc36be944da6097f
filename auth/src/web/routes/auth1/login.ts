import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Strategy } from 'passport';
import { z } from 'zod';
import type { Notice } from '../../../access/notice.ts';
import type { CredentialReader } from '../../../gate/credentialReader.ts';
import { accessTexts, suffixOf } from '../../../iiif/accessTexts.ts';
import { LOGIN_PATH } from '../../../iiif/addresses.ts';
import type { Texts } from '../../../iiif/texts.ts';
import type { AccountCookie } from '../../accountCookie.ts';
import { heldNotice, readNotice } from '../../notice.ts';
import { sendPage, pageHeaders } from '../../pages.ts';
import { languageOf, speechOf, spoken } from '../../texts/speech.ts';
import { onlyFromHere } from '../../sameSite.ts';
import type { SignIn } from '../../signIn.ts';

export type LoginSettings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly texts: Texts;
  readonly notice: (id: string) => Notice | undefined;
  /** Where one says that the password is forgotten; empty where no mails are sent. */
  readonly forgottenPath: string;
};

type Parts = {
  readonly accountCookie: AccountCookie;
  readonly credentialReader: CredentialReader;
  readonly signIn: SignIn;
  readonly passwordStrategy: Strategy;
};

const FORM_LIMIT = '16kb';
const GENERIC = 'E-mail address or password is not right.';
/** A field that is missing or comes twice is empty. */
const Field = z.string().catch('');
const LoginForm = z.object({ email: Field, password: Field, next: Field.transform(nextPath) });

/** `headers` and `showForm` are the first and the last step of `show`. */
export type LoginSteps = {
  readonly headers: RequestHandler[];
  readonly showForm: RequestHandler;
  readonly show: RequestHandler[];
  readonly submit: RequestHandler[];
};

/** The access cookie service, Authentication API 1.0, section 2.1.3: opened in a tab of its own, it closes it again. */
export function loginSteps(parts: Parts, settings: LoginSettings): LoginSteps {
  const { accountCookie, credentialReader, signIn, passwordStrategy } = parts;
  const { publicUrl, institution, texts, forgottenPath } = settings;
  const headers = pageHeaders();
  const notice = readNotice(settings.notice);

  async function closeIfLoggedIn(request: Request, response: Response, next: express.NextFunction): Promise<void> {
    const live = await credentialReader.sessionOf(request.headers.cookie);
    // For the panel it is the account cookie that counts, and it was the panel that found it missing.
    if (!live || nextPath(request.query['next'])) next();
    else await sendPage(response, 200, 'logged-in', { institution, email: live.user.email });
  }

  async function showForm(request: Request, response: Response): Promise<void> {
    const next = nextPath(request.query['next']);
    // A viewer that was not open yet when a share link was opened has to be told that its token is there.
    const isGuest = next === '' && (await credentialReader.byCookie(request.headers.cookie)).shares.length > 0;
    await form(response, 200, { next, isGuest });
  }

  async function tryLogin(request: Request, response: Response): Promise<void> {
    const { email, password, next } = LoginForm.parse(request.body ?? {});
    const back = { next, email: email.slice(0, 254) };
    // Empty ones too: passport-local would look for them in the address, which is written to logs and histories.
    if (email === '' || password === '') {
      await form(response, 400, { ...back, problem: GENERIC });
      return;
    }
    const result = await signIn.by(passwordStrategy, request, response, back.email);
    switch (result.kind) {
      case 'wrong':
        await form(response, 401, { ...back, problem: GENERIC });
        return;
      case 'throttled': {
        const problem = `Too many attempts. Try again in ${inWords(result.retryAfter)}.`;
        response.set('Retry-After', String(result.retryAfter));
        await form(response, 429, { ...back, problem });
        return;
      }
      case 'ok':
        if (next) response.redirect(303, next);
        else await sendPage(response, 200, 'logged-in', { institution, email: result.user.email });
    }
  }

  async function form(
    response: Response,
    status: number,
    data: { next: string; email?: string; problem?: string; isGuest?: boolean },
  ): Promise<void> {
    const own = heldNotice(response);
    const { heading, note } = accessTexts(publicUrl, texts, { pattern: 'login', notice: own });
    await sendPage(response, status, 'login', {
      institution,
      heading: own?.texts.heading
        ? spoken(heading, response)
        : speechOf(languageOf(response)).say('Log in to {institution}', { institution }),
      // Those of the institution are shown by the viewer, and not needed by those who come from the panel.
      note: own ? spoken(note, response) : '',
      action: LOGIN_PATH + suffixOf(own),
      forgottenPath,
      email: '',
      problem: '',
      isGuest: false,
      ...data,
    });
  }

  return {
    headers: [headers, notice],
    showForm,
    show: [headers, notice, closeIfLoggedIn, showForm],
    submit: [
      headers,
      notice,
      onlyFromHere(publicUrl),
      express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 20 }),
      ...accountCookie.read,
      tryLogin,
    ],
  };
}

/** Where to go after the login: a path of this server, or nothing. */
function nextPath(value: unknown): string {
  return typeof value === 'string' && /^\/(auth\/(admin\/[\w/-]*|password))?$/.test(value) ? value : '';
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
