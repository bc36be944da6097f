import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../gate/gate.ts';
import type { Info, SignedInfo } from '../../gate/verdict.ts';
import { wayOf } from '../../iiif/accessTexts.ts';
import { SIGNED } from '../../iiif/addresses.ts';
import type { ApiVersion } from '../../iiif/apiVersions.ts';
import type { Forms } from '../../iiif/forms.ts';
import type { Limits } from '../../iiif/geometry.ts';
import type { Texts } from '../../iiif/texts.ts';
import { levelOf, tierIdentifier } from '../../iiif/tier.ts';
import { imageProfile } from '../../iiif/vocabulary.ts';
import { credentialsOf, sendDocument, sendRefusal, setStatus } from '../documents.ts';
import { presentInfo2, presentInfo3, presentSignedInfo, type DocumentAnswer } from '../present.ts';
import { noteRefusal, tellRule } from '../ruleHeaders.ts';
import { normaliseTarget } from '../target.ts';

export type DocumentSettings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly texts: Texts;
  readonly limits: Limits;
  readonly forms: Forms;
};

/** No groups: Express would decode them, and the identifier is decoded in one place only. */
export function infoPaths({ image: { prefix } }: ApiVersion) {
  return {
    info: new RegExp(`^${prefix}[^/]*/info\\.json$`),
    signedInfo: new RegExp(`^${prefix}${SIGNED}[^/]*/[^/]*/info\\.json$`),
    base: new RegExp(`^${prefix}[^/]+$`),
  };
}

/** By the authorization that the clients of a version know. */
const PRESENT = { 1: presentInfo2, 2: presentInfo3 } as const;

/** The description of an image, Image API 2.1 and 3.0, section 5. */
export function infoSteps(gate: Gate, api: ApiVersion, { publicUrl, texts, limits, forms }: DocumentSettings) {
  const { image, version } = api;
  const base = publicUrl + image.prefix;

  /** info.json, with the service that leads to the image where it is not open. */
  async function answerInfo(request: Request, response: Response): Promise<void> {
    const [identifier = ''] = partsOf(request);
    const verdict = await gate.info(identifier, credentialsOf(request));
    const told = verdict.kind === 'info' && verdict.toAdministrator;
    if (told) tellRule(response, verdict.decision.rule);
    const answer = PRESENT[api.authorization](verdict);
    switch (answer.kind) {
      case 'refusal':
        sendRefusal(response, answer);
        return;
      case 'tier':
        noteRefusal(response, answer.rule);
        // The whole address, because some clients compare it with the one they asked for (Auth 1.0, section 3.2).
        response.redirect(answer.status, `${base}${tierIdentifier(identifier, answer.tier)}/info.json`);
        return;
      case 'document': {
        const way = wayOf(answer.content.accessMethod);
        const service = way && image.service(publicUrl, identifier, texts, way);
        sendInfo(request, response, answer, { id: base + identifier, service, kept: !told });
      }
    }
  }

  /** The same below a signature: for the holder of the address, kept by nobody; it names no service, because it needs none. */
  async function answerSignedInfo(request: Request, response: Response): Promise<void> {
    const [signed = '', identifier = ''] = partsOf(request);
    const verdict = await gate.signedInfo(identifier, signed.slice(SIGNED.length), credentialsOf(request));
    const answer = presentSignedInfo(verdict);
    if (answer.kind === 'refusal') sendRefusal(response, answer);
    else sendInfo(request, response, answer, { id: `${base}${signed}/${identifier}`, service: undefined, kept: false });
  }

  /** The base address of an image leads to its description (section 2). */
  function redirectToInfo(request: Request, response: Response): void {
    response.redirect(303, `${base}${partsOf(request)[0] ?? ''}/info.json`);
  }

  function sendInfo(
    request: Request,
    response: Response,
    answer: DocumentAnswer<Info | SignedInfo>,
    { id, service, kept }: { id: string; service: object | undefined; kept: boolean },
  ): void {
    const { width, height, pyramid, tier } = answer.content;
    const info = image.info({ id, width, height, pyramid, tier, limits, forms, service });
    setStatus(request, response, answer);
    const profile = imageProfile(version, levelOf(tier));
    sendDocument(request, response, { body: JSON.stringify(info), context: image.context, profile, kept });
  }

  function partsOf(request: Request): string[] {
    return normaliseTarget(request.path).slice(image.prefix.length).split('/');
  }

  return { info: [answerInfo], signedInfo: [answerSignedInfo], base: [redirectToInfo] } satisfies Record<
    string,
    RequestHandler[]
  >;
}
