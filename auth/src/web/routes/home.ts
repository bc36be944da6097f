import type { Request, RequestHandler, Response } from 'express';
import { imagesPath, LOGIN_PATH, LOGOUT_PATH, manifestAddress } from '../../iiif/addresses.ts';
import type { CredentialReader } from '../../gate/credentialReader.ts';
import { PASSWORD_PATH } from './account/password.ts';
import { pageHeaders, sendPage } from '../pages.ts';

/** The start page: what this server is, what to open in a viewer, where to log in. */
export function homeSteps(
  credentialReader: CredentialReader,
  publicUrl: string,
  institution: string,
): RequestHandler[] {
  async function showHome(request: Request, response: Response): Promise<void> {
    const live = await credentialReader.sessionOf(request.headers.cookie);
    await sendPage(response, 200, 'home', {
      institution,
      collection: manifestAddress(publicUrl, 2, []),
      exampleImage: `${publicUrl}${imagesPath(2)}{folder}!{file}/info.json`,
      loginPath: LOGIN_PATH,
      logoutPath: LOGOUT_PATH,
      passwordPath: PASSWORD_PATH,
      email: live?.user.email ?? '',
      isAdministrator: live?.user.roles.includes('admin') ?? false,
    });
  }

  return [pageHeaders(), showHome];
}
