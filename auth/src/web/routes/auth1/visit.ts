import type { Request, RequestHandler, Response } from 'express';
import { AGREE_2_PATH } from '../../../iiif/addresses.ts';
import type { Texts } from '../../../iiif/texts.ts';
import { plain } from '../../../iiif/texts.ts';
import type { Cookies } from '../../../sessions/cookies.ts';
import type { Step } from '../../../sessions/visit.ts';
import type { Visits } from '../../../sessions/visits.ts';
import { onlyInTab } from '../../navigation.ts';
import { pageHeaders, sendPage } from '../../pages.ts';
import { onlyFromHere } from '../../sameSite.ts';
import { setCookies } from '../../setCookies.ts';

type Parts = {
  readonly visits: Visits;
  readonly cookies: Cookies;
  readonly isSomeKiosk: (address: string) => boolean;
};
type Settings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly texts: Texts;
};

/** The access services that need no account: click-through and kiosk of both versions. */
export function visitSteps({ visits, cookies, isSomeKiosk }: Parts, settings: Settings) {
  const { publicUrl, institution, texts } = settings;
  const headers = pageHeaders();

  async function take(step: Step, request: Request, response: Response): Promise<void> {
    const { cookie, seconds } = await visits.take(step, cookies.in(request.headers.cookie).visit.secrets);
    setCookies(response, cookies, 'visit', cookie, seconds);
    await sendPage(response, 200, 'opened', { institution });
  }

  /** Authentication API 1.0, section 2.1.4: the viewer has shown the terms; the window sets the cookie and closes. */
  const noteAgreement: RequestHandler = (request, response) => take('agreed', request, response);

  /** Authorization Flow API 2.0, appendix A: without a gesture on this page the browser keeps the cookie from the frame. */
  const showTerms: RequestHandler = (_request, response) =>
    sendPage(response, 200, 'terms', {
      institution,
      heading: plain(texts.clickthroughHeading),
      note: plain(texts.clickthroughNote),
      confirm: plain(texts.clickthroughConfirm),
      action: AGREE_2_PATH,
    });

  /** Sections 2.1.5 and 3.3.2: opened without the user, so nothing is asked of anybody. */
  async function noteKiosk(request: Request, response: Response): Promise<void> {
    if (isSomeKiosk(request.ip ?? '')) await take('atKiosk', request, response);
    else await sendPage(response, 403, 'elsewhere', { institution, note: plain(texts.kioskNeededNote) });
  }

  return {
    clickthrough: [headers, onlyInTab, noteAgreement],
    terms: [headers, showTerms],
    agree: [headers, onlyFromHere(publicUrl), noteAgreement],
    kiosk: [headers, onlyInTab, noteKiosk],
  };
}
