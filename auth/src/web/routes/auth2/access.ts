import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { parseOrigin } from '../../../iiif/auth1/tokenMessage.ts';
import type { CredentialReader } from '../../../gate/credentialReader.ts';
import { sendPage } from '../../pages.ts';
import type { LoginSteps } from '../auth1/login.ts';

/**
 * The access service of the `active` pattern, Authorization Flow API 2.0, section 3: the login form, whose button is the
 * gesture that browsers want to see before they let a frame have the cookie. Who is logged in already makes the gesture
 * on a page of its own (appendix A), unless the viewer is on this very host, where no gesture is needed.
 */
export function access2Steps(
  credentialReader: CredentialReader,
  { publicUrl, institution }: { readonly publicUrl: string; readonly institution: string },
  login: LoginSteps,
): RequestHandler[] {
  async function askForGesture(request: Request, response: Response, next: NextFunction): Promise<void> {
    const live = await credentialReader.sessionOf(request.headers.cookie);
    if (!live) {
      next();
      return;
    }
    const view = isSameHost(request.query['origin'], publicUrl) ? 'logged-in' : 'go-on';
    await sendPage(response, 200, view, { institution, email: live.user.email });
  }

  return [...login.headers, askForGesture, login.showForm];
}

function isSameHost(origin: unknown, publicUrl: string): boolean {
  const parsed = typeof origin === 'string' ? parseOrigin(origin) : undefined;
  return parsed?.ok === true && new URL(parsed.value).hostname === new URL(publicUrl).hostname;
}
