import type { Request, RequestHandler, Response } from 'express';
import type { Notice } from '../../../access/notice.ts';
import { accessTexts, suffixOf } from '../../../iiif/accessTexts.ts';
import { AGREE_2_PATH } from '../../../iiif/addresses.ts';
import type { Texts } from '../../../iiif/texts.ts';
import type { Cookies } from '../../../sessions/cookies.ts';
import type { Step } from '../../../sessions/visit.ts';
import type { Visits } from '../../../sessions/visits.ts';
import { GENERAL_TERMS } from '../../../shared/terms.ts';
import { onlyInTab } from '../../navigation.ts';
import { heldNotice, readNotice } from '../../notice.ts';
import { spoken } from '../../texts/speech.ts';
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
  readonly notice: (id: string) => Notice | undefined;
};

/** The access services that need no account: click-through and kiosk of both versions. */
export function visitSteps({ visits, cookies, isSomeKiosk }: Parts, settings: Settings) {
  const { publicUrl, institution, texts } = settings;
  const headers = pageHeaders();
  const notice = readNotice(settings.notice);

  async function take(step: Step, request: Request, response: Response): Promise<void> {
    const { cookie, seconds } = await visits.take(step, cookies.in(request.headers.cookie).visit.secrets);
    setCookies(response, cookies, 'visit', cookie, seconds);
    await sendPage(response, 200, 'opened', { institution });
  }

  /** Authentication API 1.0, section 2.1.4: the viewer has shown the terms; the window sets the cookie and closes. */
  const noteAgreement: RequestHandler = (request, response) =>
    take({ terms: heldNotice(response)?.terms ?? GENERAL_TERMS }, request, response);

  /** Authorization Flow API 2.0, appendix A: without a gesture on this page the browser keeps the cookie from the frame. */
  const showTerms: RequestHandler = (_request, response) => {
    const own = heldNotice(response);
    const { heading, note, confirm } = accessTexts(publicUrl, texts, { pattern: 'clickthrough', notice: own });
    const said = {
      heading: spoken(heading, response),
      note: spoken(note, response),
      confirm: spoken(confirm, response),
    };
    return sendPage(response, 200, 'terms', { institution, ...said, action: AGREE_2_PATH + suffixOf(own) });
  };

  /** Sections 2.1.5 and 3.3.2: opened without the user, so nothing is asked of anybody. */
  async function noteKiosk(request: Request, response: Response): Promise<void> {
    if (isSomeKiosk(request.ip ?? '')) await take('atKiosk', request, response);
    else {
      const { neededNote } = accessTexts(publicUrl, texts, { pattern: 'kiosk', notice: heldNotice(response) });
      await sendPage(response, 403, 'elsewhere', { institution, note: spoken(neededNote, response) });
    }
  }

  return {
    clickthrough: [headers, notice, onlyInTab, noteAgreement],
    terms: [headers, notice, showTerms],
    agree: [headers, notice, onlyFromHere(publicUrl), noteAgreement],
    kiosk: [headers, notice, onlyInTab, noteKiosk],
  };
}
