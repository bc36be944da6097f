import type { Request, Response } from 'express';
import { LOGIN_PATH } from '../../../iiif/addresses.ts';
import type { Login } from '../../../identity/login.ts';
import type { User } from '../../../identity/user.ts';
import type { Users } from '../../../identity/users.ts';
import type { AuditTrail } from '../../../observability/audit.ts';
import type { Cookies } from '../../../sessions/cookies.ts';
import type { LiveSession } from '../../../sessions/session.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { AccountCookie } from '../../accountCookie.ts';
import { pageHeaders, sendPage } from '../../pages.ts';
import type { SignIn } from '../../signIn.ts';
import { Field, formSteps, mistyped, NewPassword } from './forms.ts';

export const PASSWORD_PATH = '/auth/password';

type Parts = {
  readonly users: Users;
  readonly login: Login;
  readonly cookies: Cookies;
  readonly accountCookie: AccountCookie;
  readonly signIn: SignIn;
  readonly audit: AuditTrail;
  readonly now: Clock;
  /** The live session of the account cookie. */
  readonly identify: (request: Request) => Promise<LiveSession | undefined>;
};
type Settings = { readonly publicUrl: string; readonly institution: string };

const Form = NewPassword.extend({ old: Field });

/** Where whoever is logged in changes their own password. All their other sessions end with it. */
export function passwordSteps(parts: Parts, { publicUrl, institution }: Settings) {
  const { users, login, cookies, accountCookie, signIn, audit, now, identify } = parts;
  const headers = pageHeaders();

  /** Answers the user; sends whoever is nobody to the login. */
  async function userOf(request: Request, response: Response): Promise<User | undefined> {
    const session = await identify(request);
    if (!session) response.redirect(303, `${LOGIN_PATH}?next=${PASSWORD_PATH}`);
    return session?.user;
  }

  async function show(request: Request, response: Response): Promise<void> {
    const user = await userOf(request, response);
    if (user) await form(response, 200, user, '');
  }

  async function change(request: Request, response: Response): Promise<void> {
    const user = await userOf(request, response);
    if (!user) return;
    const { old, ...typed } = Form.parse(request.body ?? {});
    const problem = mistyped(typed) ?? users.unfit(typed.password);
    if (problem !== undefined) {
      await form(response, 400, user, problem);
      return;
    }
    const { id, email } = user;
    // Counted as a login is: somebody at a desk that was left must not try one password after the other.
    const deviceCookies = cookies.devicesIn(request.headers.cookie);
    const checked = await login.check({ email, password: old, address: request.ip ?? '', deviceCookies });
    if (checked.kind === 'throttled') {
      response.set('Retry-After', String(checked.retryAfter));
      await form(response, 429, user, 'Too many attempts. Try again later.');
    } else if (checked.kind === 'wrong') {
      await form(response, 401, user, 'The old password is not right.');
    } else {
      await audit.record({
        at: now(),
        action: 'user.password',
        actor: email,
        target: email,
        address: request.ip ?? '',
      });
      const changed = await users.change(id, { password: typed.password });
      await signIn.again(changed, request, response);
      await sendPage(response, 200, 'password-changed', { institution, email });
    }
  }

  function form(response: Response, status: number, { email }: User, problem: string): Promise<void> {
    return sendPage(response, status, 'password', { institution, email, problem, action: PASSWORD_PATH });
  }

  return {
    show: [headers, ...accountCookie.read, show],
    change: [headers, ...formSteps(publicUrl), ...accountCookie.read, change],
  };
}
