import { fileURLToPath } from 'node:url';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { manifestAddress } from '../../iiif/addresses.ts';
import type { Cookies } from '../../sessions/cookies.ts';
import { anyFrameHeaders, holderHeaders, sendPage } from '../pages.ts';

export const SELFTEST_PATH = '/auth/selftest';

const SCRIPTS = fileURLToPath(new URL('../selftest/', import.meta.url));

/**
 * A page that goes through the flow of both versions in the browser of whoever opens it, and says what works. It tells
 * nothing but what that browser sent and what every visitor can ask for.
 */
export function selftestRouter(publicUrl: string, institution: string, cookies: Cookies): Router {
  const page =
    (view: string): RequestHandler =>
    (_request, response) =>
      sendPage(response, 200, view, { institution, publicUrl, root: manifestAddress(publicUrl, 3, []) });

  /** Which of the headers that a login needs have come through whatever stands in front. */
  function echo(request: Request, response: Response): void {
    const { authorization, cookie, origin } = request.headers;
    response.set('Cache-Control', 'no-store').json({
      authorization: authorization === 'Bearer selftest',
      cookie: cookie?.includes('vitrine_selftest=1') ?? false,
      origin: origin ?? '',
    });
  }

  /** In a frame inside of a frame of no origin: what a token service gets from a viewer on another site. */
  async function tellFrame(request: Request, response: Response): Promise<void> {
    const { access, visit } = cookies.in(request.headers.cookie);
    await sendPage(response, 200, 'selftest-cookie', {
      publicUrl,
      arrived: access.present || visit.present,
      // It goes along where the browser takes this frame for one of its own site, whatever we do.
      sameSite: cookies.isOfThisSite(request.headers.cookie),
    });
  }

  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/', holderHeaders(), page('selftest'));
  router.get('/elsewhere', holderHeaders(publicUrl), page('selftest-elsewhere'));
  router.get('/cookie', anyFrameHeaders(), tellFrame);
  router.post('/echo', echo);
  router.get(['/selftest.mjs', '/checks.mjs', '/page.mjs'], (request, response) => {
    response.set({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' });
    response.sendFile(request.path.slice(1), { root: SCRIPTS, dotfiles: 'allow', cacheControl: false });
  });
  return router;
}
