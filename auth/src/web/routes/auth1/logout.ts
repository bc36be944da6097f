import type { Request, RequestHandler, Response } from 'express';
import { onlyInTab } from '../../navigation.ts';
import { pageHeaders, sendPage } from '../../pages.ts';
import { signOutSteps, type SignOutParts } from '../../signOut.ts';
import type { LoginSettings } from './login.ts';

/**
 * The logout service, Authentication API 1.0, section 2.3: on a GET, without a question, because viewers look two seconds
 * later whether it is done. Another site can make a browser open it, in a tab that the reader sees; all it does is end
 * this browser's login.
 */
export function logoutSteps(parts: SignOutParts, { institution }: LoginSettings): RequestHandler[] {
  async function sayGoodbye(_request: Request, response: Response): Promise<void> {
    await sendPage(response, 200, 'logged-out', { institution });
  }

  return [pageHeaders(), onlyInTab, ...signOutSteps(parts), sayGoodbye];
}
