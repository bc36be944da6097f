import { Strategy } from 'passport-local';
import type { Login } from '../identity/login.ts';
import type { Cookies } from '../sessions/cookies.ts';
import type { Clock } from '../shared/clock.ts';

/** The way to log in by the posted e-mail address and password, neither of them empty. */
export function passwordStrategy(login: Login, cookies: Cookies, now: Clock): Strategy {
  return new Strategy({ usernameField: 'email', passReqToCallback: true }, (request, email, password, done) => {
    const deviceCookies = cookies.devicesIn(request.headers.cookie);
    login.attempt({ email, password, address: request.ip ?? '', deviceCookies }, now()).then((result) => {
      done(null, { result });
    }, done);
  });
}
