import type { Response } from 'express';
import type { LiveSession } from '../sessions/session.ts';

/** Notes who is at the panel; the guard does. */
export function setAdministrator(response: Response, session: LiveSession): void {
  response.locals['administrator'] = session;
}

/** Who is at the panel, for every step after the guard. */
export function administratorOf(response: Response): LiveSession {
  return response.locals['administrator'] as LiveSession;
}
