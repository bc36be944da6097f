import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../gate/gate.ts';
import { cookieService } from '../../iiif/auth1/services.ts';
import type { Limits } from '../../iiif/geometry.ts';
import { imageInfo } from '../../iiif/image2/info.ts';
import { IMAGE_2_CONTEXT } from '../../iiif/names.ts';
import type { Texts } from '../../iiif/texts.ts';
import { tierIdentifier } from '../../iiif/tier.ts';
import { credentialsOf, openToAllOrigins, sendDocument } from '../documents.ts';
import { presentRefusal } from '../present.ts';
import { normaliseTarget } from '../target.ts';

export type DocumentSettings = {
  readonly publicUrl: string;
  readonly institution: string;
  readonly texts: Texts;
  readonly limits: Limits;
};

/** No groups: Express would decode them, and the identifier is decoded in one place only. */
export const INFO_PATH = /^\/iiif\/images\/[^/]*\/info\.json$/;
export const IMAGE_BASE_PATH = /^\/iiif\/images\/[^/]+$/;

/**
 * info.json, Image API 2.1, section 5, as a description resource of the Authentication API 1.0, section 3: who may not
 * see the image gets 401, and the whole true document with it; or 302 to the smaller image that he may see.
 */
export function imageInfoSteps(gate: Gate, { publicUrl, texts, limits }: DocumentSettings): RequestHandler[] {
  async function answerInfo(request: Request, response: Response): Promise<void> {
    const identifier = identifierOf(request);
    const verdict = await gate.info(identifier, credentialsOf(request));
    if (verdict.kind !== 'info') {
      const { status, body } = presentRefusal(verdict);
      response.status(status).json(body);
      return;
    }
    const { width, height, decision, way } = verdict;
    if (decision.kind !== 'allowed' && decision.tier !== undefined) {
      // The whole address, because some clients compare it with the one they asked for (section 3.2).
      const smaller = tierIdentifier(identifier, decision.tier);
      response.redirect(302, `${publicUrl}/iiif/images/${smaller}/info.json`);
      return;
    }
    const service = way.kind === 'open' ? undefined : cookieService(publicUrl, texts, way.kind);
    const info = imageInfo({ id: `${publicUrl}/iiif/images/${identifier}`, width, height, limits, service });
    if (decision.kind !== 'allowed') response.set('WWW-Authenticate', 'Bearer');
    const status = decision.kind === 'allowed' ? 200 : 401;
    sendDocument(request, response, { status, body: JSON.stringify(info), context: IMAGE_2_CONTEXT });
  }

  return [openToAllOrigins, answerInfo];
}

/** The base address of an image leads to its description (Image API 2.1, section 2). */
export function imageBaseSteps(publicUrl: string): RequestHandler[] {
  function redirectToInfo(request: Request, response: Response): void {
    response.redirect(303, `${publicUrl}/iiif/images/${identifierOf(request)}/info.json`);
  }

  return [openToAllOrigins, redirectToInfo];
}

function identifierOf(request: Request): string {
  return normaliseTarget(request.path).split('/')[3] ?? '';
}
