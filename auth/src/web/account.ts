import { hkdfSync } from 'node:crypto';
import { promisify } from 'node:util';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import type { Login, LoginResult } from '../identity/login.ts';
import type { User } from '../identity/user.ts';
import type { Users } from '../identity/users.ts';
import { AccountStore } from '../sessions/accountStore.ts';
import { ACCOUNT_COOKIE, accountCookieOptions } from '../sessions/cookies.ts';
import { newSecret } from '../sessions/secrets.ts';
import type { Sessions } from '../sessions/sessions.ts';

export type AccountParts = {
  readonly login: Login;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly secretKey: string;
  readonly https: boolean;
  /** Seconds. */
  readonly lifetime: number;
  readonly now: () => Date;
};

/** The account cookie and passport. Only login, logout and the panel come through here, no tile and no document. */
export type Account = {
  /** Steps that read the account cookie. */
  readonly read: RequestHandler[];
  /** Tries the posted e-mail address and password, neither of them empty. */
  readonly attempt: (request: Request) => Promise<LoginResult>;
  /** Begins a session of the account cookie, under a new id (nobody can have set it before). Answers the id. */
  readonly begin: (request: Request, user: User) => Promise<string>;
  readonly end: (request: Request) => Promise<void>;
};

export function createAccount({ login, users, sessions, secretKey, https, lifetime, now }: AccountParts): Account {
  const passport = new Passport();
  const cookie = accountCookieOptions(https, lifetime);

  passport.use(
    new Strategy(
      { usernameField: 'email', passReqToCallback: true, session: false },
      (request, email, password, done) => {
        login.attempt(email, password, request.ip ?? '', now()).then(
          (result) => {
            if (result.kind === 'ok') done(null, result.user, result as never);
            else done(null, false, result as never);
          },
          (error: unknown) => {
            done(error);
          },
        );
      },
    ),
  );
  passport.serializeUser<string>((user, done) => {
    done(null, (user as User).id);
  });
  passport.deserializeUser<string>((id, done) => {
    users.find(id).then(
      (user) => {
        done(null, user ?? false);
      },
      (error: unknown) => {
        done(error);
      },
    );
  });

  return {
    read: [
      session({
        name: ACCOUNT_COOKIE,
        secret: Buffer.from(hkdfSync('sha256', secretKey, '', 'vitrine account cookie', 32)).toString('hex'),
        store: new AccountStore(sessions, cookie),
        genid: newSecret,
        cookie,
        resave: false,
        saveUninitialized: false,
      }),
      passport.session() as RequestHandler,
    ],
    attempt: (request) =>
      new Promise((resolve, reject) => {
        const answered = (error: unknown, _user: unknown, result?: unknown): void => {
          if (error) reject(error instanceof Error ? error : new Error('passport failed', { cause: error }));
          else resolve(result as LoginResult);
        };
        const authenticate = passport.authenticate('local', answered) as RequestHandler;
        void authenticate(request, undefined as never, reject);
      }),
    begin: async (request, user) => {
      await promisify<Express.User>(request.logIn.bind(request))(user);
      return request.sessionID;
    },
    end: (request) => promisify(request.session.destroy.bind(request.session))(),
  };
}
