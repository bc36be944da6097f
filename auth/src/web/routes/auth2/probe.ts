import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../../gate/gate.ts';
import { imagesPath, PROBE_PATH, SIGNED } from '../../../iiif/addresses.ts';
import { probeResult, type ProbeInput } from '../../../iiif/auth2/messages.ts';
import type { Texts } from '../../../iiif/texts.ts';
import { tierIdentifier } from '../../../iiif/tier.ts';
import type { Log } from '../../../shared/log.ts';
import { credentialsOf, sendDocument } from '../../documents.ts';
import { presentProbe } from '../../present.ts';
import { onlyAtPlace } from '../../readers.ts';
import { noteRefusal } from '../../ruleHeaders.ts';
import { normaliseTarget } from '../../target.ts';

/** No groups: the identifier is decoded in one place only. */
export const PROBE_ADDRESS = new RegExp(`^${PROBE_PATH}[^/]+$`);

/** The probe service, Authorization Flow API 2.0, section 5: HTTP 200 always, and inside what the image would answer. */
export function probeSteps(gate: Gate, publicUrl: string, texts: Texts, log: Log): RequestHandler[] {
  async function answerProbe(request: Request, response: Response): Promise<void> {
    const identifier = normaliseTarget(request.path).slice(PROBE_PATH.length);
    const result = probeResult(publicUrl, await findOut(identifier, request, response), texts);
    sendDocument(request, response, { body: JSON.stringify(result), context: undefined });
  }

  const serviceAt = (identifier: string): string => publicUrl + imagesPath(3) + identifier;

  async function findOut(identifier: string, request: Request, response: Response): Promise<ProbeInput> {
    try {
      const answer = presentProbe(await gate.probe(identifier, credentialsOf(request)));
      if ('byPlace' in answer && answer.byPlace) onlyAtPlace(request, response);
      const { status } = answer;
      if (status === 200) return { status };
      if (status === 302) return { status, location: serviceAt(`${SIGNED}${answer.signature}/${identifier}`) };
      const { pattern, tier, rule, notice } = answer;
      noteRefusal(response, rule);
      const substitute = tier === undefined ? undefined : serviceAt(tierIdentifier(identifier, tier));
      return { status, pattern, notice, substitute };
    } catch (error) {
      log.error({ err: error }, 'a probe could not be answered');
      return { status: 503 };
    }
  }

  return [answerProbe];
}
