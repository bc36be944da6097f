import type { Request, RequestHandler, Response } from 'express';
import { AGREE_2_PATH } from '../../iiif/addresses.ts';
import type { Texts } from '../../iiif/texts.ts';
import { plain } from '../../iiif/texts.ts';
import { accessCookieOptions, accessCookiesIn, VISIT_COOKIE } from '../../sessions/cookies.ts';
import type { Step } from '../../sessions/visit.ts';
import type { Visits } from '../../sessions/visits.ts';
import { pageHeaders, sendPage } from '../pages.ts';
import { onlyFromHere } from '../sameSite.ts';

type Parts = { readonly visits: Visits; readonly isSomeKiosk: (address: string) => boolean };
type Settings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly texts: Texts;
  readonly secureCookies: boolean;
  readonly sessionLifetime: number;
};

/** The access services that need no account: click-through and kiosk of both versions. */
export function visitSteps({ visits, isSomeKiosk }: Parts, settings: Settings) {
  const { publicUrl, institution, texts, secureCookies, sessionLifetime } = settings;
  const headers = pageHeaders();

  async function take(step: Step, request: Request, response: Response): Promise<void> {
    const secret = await visits.take(step, accessCookiesIn(request.headers.cookie).visit);
    response.cookie(VISIT_COOKIE, secret, accessCookieOptions(secureCookies, sessionLifetime));
    await sendPage(response, 200, 'opened', { institution });
  }

  /** Authentication API 1.0, section 2.1.4: the viewer has shown the terms; the window sets the cookie and closes. */
  const noteAgreement: RequestHandler = (request, response) => take('agreed', request, response);

  /** Authorization Flow API 2.0, appendix A: a gesture on this page, lest the browser keep the cookie from the frame. */
  const showTerms: RequestHandler = (_request, response) =>
    sendPage(response, 200, 'terms', {
      institution,
      heading: plain(texts.clickthroughHeading),
      note: plain(texts.clickthroughNote),
      confirm: plain(texts.clickthroughConfirm),
      action: AGREE_2_PATH,
    });

  /** Sections 2.1.5 and 3.3.2: opened without the reader, so nothing is asked of him. */
  async function noteKiosk(request: Request, response: Response): Promise<void> {
    if (isSomeKiosk(request.ip ?? '')) await take('atKiosk', request, response);
    else await sendPage(response, 403, 'elsewhere', { institution, note: plain(texts.kioskNeededNote) });
  }

  return {
    clickthrough: [headers, noteAgreement],
    terms: [headers, showTerms],
    agree: [headers, onlyFromHere(publicUrl), noteAgreement],
    kiosk: [headers, noteKiosk],
  };
}
