import type { Response } from 'express';
import type { LiveSession } from '../sessions/session.ts';

/** Notes the administrator at the panel; the guard does. */
export function setCurrentAdministrator(response: Response, session: LiveSession): void {
  response.locals['administrator'] = session;
}

/** The administrator at the panel, for every step after the guard. */
export function currentAdministrator(response: Response): LiveSession {
  return response.locals['administrator'] as LiveSession;
}
