import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../../gate/gate.ts';
import { PROBE_PATH, SIGNED } from '../../../iiif/addresses.ts';
import { probeResult, type ProbeInput } from '../../../iiif/auth2/messages.ts';
import type { Texts } from '../../../iiif/texts.ts';
import { tierIdentifier } from '../../../iiif/tier.ts';
import type { Log } from '../../../observability/log.ts';
import { credentialsOf, openToAllOrigins, sendDocument } from '../../documents.ts';
import { presentRefusal } from '../../present.ts';
import { normaliseTarget } from '../../target.ts';

/** No groups: the identifier is decoded in one place only. */
export const PROBE_ADDRESS = /^\/auth\/iiif\/2\/probe\/[^/]+$/;

/** The probe service, Authorization Flow API 2.0, section 5: HTTP 200 always, and inside what the image would answer. */
export function probeSteps(gate: Gate, publicUrl: string, texts: Texts, log: Log): RequestHandler[] {
  async function answerProbe(request: Request, response: Response): Promise<void> {
    const identifier = normaliseTarget(request.path).slice(PROBE_PATH.length);
    const result = probeResult(await findOut(identifier, request), texts);
    sendDocument(request, response, { status: 200, body: JSON.stringify(result), context: undefined });
  }

  async function findOut(identifier: string, request: Request): Promise<ProbeInput> {
    try {
      const verdict = await gate.probe(identifier, credentialsOf(request));
      if (verdict.kind === 'allowed') {
        if (verdict.signature === undefined) return { status: 200 };
        const location = `${publicUrl}/iiif/3/images/${SIGNED}${verdict.signature}/${identifier}`;
        return { status: 302, location };
      }
      const { status } = presentRefusal(verdict);
      if (verdict.kind !== 'locked' && verdict.kind !== 'forbidden') return { status };
      const substitute =
        verdict.tier === undefined
          ? undefined
          : `${publicUrl}/iiif/3/images/${tierIdentifier(identifier, verdict.tier)}`;
      return { status, pattern: verdict.kind === 'locked' ? verdict.pattern : undefined, substitute };
    } catch (error) {
      log.error({ err: error }, 'a probe could not be answered');
      return { status: 503 };
    }
  }

  return [openToAllOrigins, answerProbe];
}
