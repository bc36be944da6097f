import type { Request, RequestHandler, Response } from 'express';
import { Passport, type AuthenticateCallback, type Strategy } from 'passport';
import type { LoginResult } from '../identity/loginResult.ts';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the only way to tell @types/passport what a "user" is
  namespace Express {
    /** What our strategies hand to passport in the place of a user; no request ever has one. */
    interface User {
      readonly result: LoginResult;
    }
  }
}

const passport = new Passport();

/**
 * Asks a strategy of passport, for this one request: nothing of passport is kept in a session. A strategy that fails
 * without a result is `wrong`; where one redirects the browser, the response is sent and the promise stays pending.
 * @throws what the strategy does
 */
export function askStrategy(strategy: Strategy, request: Request, response: Response): Promise<LoginResult> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(error instanceof Error ? error : new Error('passport failed', { cause: error }));
    };
    const answered: AuthenticateCallback = (error, user) => {
      if (error) fail(error);
      else resolve(user ? user.result : { kind: 'wrong' });
    };
    // passport writes what is to happen with the answer into the strategy: each request needs one of its own. (A class
    // with #private fields would have to be constructed for each request instead.)
    const own = Object.create(strategy) as Strategy;
    // @types/passport calls it `any`.
    const authenticate = passport.authenticate(own, answered) as RequestHandler;
    void authenticate(request, response, fail);
  });
}
