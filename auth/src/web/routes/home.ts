import type { Request, RequestHandler, Response } from 'express';
import { LOGIN_PATH, LOGOUT_PATH, manifestAddress } from '../../iiif/addresses.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import { pageHeaders, sendPage } from '../pages.ts';
import { liveSession } from './login.ts';

/** The start page: what this server is, what to open in a viewer, where to log in. */
export function homeSteps(sessions: Sessions, publicUrl: string, institution: string): RequestHandler[] {
  async function showHome(request: Request, response: Response): Promise<void> {
    const live = await liveSession(sessions, request);
    await sendPage(response, 200, 'home', {
      institution,
      collection: manifestAddress(publicUrl, []),
      exampleImage: `${publicUrl}/iiif/images/{folder}!{file}/info.json`,
      loginPath: LOGIN_PATH,
      logoutPath: LOGOUT_PATH,
      email: live?.user.email ?? '',
      isAdministrator: live?.user.roles.includes('admin') ?? false,
    });
  }

  return [pageHeaders(), showHome];
}
