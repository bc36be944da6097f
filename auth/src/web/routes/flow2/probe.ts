import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../../gate/gate.ts';
import { PROBE_PATH } from '../../../iiif/addresses.ts';
import { probeResult } from '../../../iiif/auth2/messages.ts';
import type { Texts } from '../../../iiif/texts.ts';
import type { Log } from '../../../observability/log.ts';
import { openToAllOrigins, sendDocument } from '../../documents.ts';
import { presentRefusal } from '../../present.ts';
import { normaliseTarget } from '../../target.ts';

/** No groups: the identifier is decoded in one place only. */
export const PROBE_ADDRESS = /^\/auth\/iiif\/2\/probe\/[^/]+$/;

/** The probe service, Authorization Flow API 2.0, section 5: HTTP 200 always, and inside what the image would answer. */
export function probeSteps(gate: Gate, texts: Texts, log: Log): RequestHandler[] {
  async function answerProbe(request: Request, response: Response): Promise<void> {
    const identifier = normaliseTarget(request.path).slice(PROBE_PATH.length);
    const result = probeResult(await statusOf(identifier, request.headers.authorization), texts);
    sendDocument(request, response, 200, JSON.stringify(result));
  }

  async function statusOf(identifier: string, authorization: string | undefined) {
    try {
      const verdict = await gate.probe(identifier, authorization);
      return verdict.kind === 'allowed' ? 200 : presentRefusal(verdict).status;
    } catch (error) {
      log.error({ err: error }, 'a probe could not be answered');
      return 503;
    }
  }

  return [openToAllOrigins, answerProbe];
}
