import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../gate/gate.ts';
import { SIGNED } from '../../iiif/addresses.ts';
import { probeService } from '../../iiif/auth2/services.ts';
import { imageInfo } from '../../iiif/image3/info.ts';
import { IMAGE_3_CONTEXT } from '../../iiif/names.ts';
import { credentialsOf, openToAllOrigins, sendDocument } from '../documents.ts';
import { presentRefusal } from '../present.ts';
import { normaliseTarget } from '../target.ts';
import type { DocumentSettings } from './info.ts';

export const INFO_3_PATH = /^\/iiif\/3\/images\/[^/]*\/info\.json$/;
export const SIGNED_INFO_3_PATH = /^\/iiif\/3\/images\/~[^/]*\/[^/]*\/info\.json$/;
export const IMAGE_3_BASE_PATH = /^\/iiif\/3\/images\/[^/]+$/;

const PREFIX = '/iiif/3/images/';

/**
 * info.json, Image API 3.0, section 5, with the semantics of the Authorization Flow API 2.0: open to everybody, because a
 * client of that version asks for it without any token; whether the image is, the probe says.
 */
export function imageInfo3Steps(gate: Gate, { publicUrl, texts, limits }: DocumentSettings): RequestHandler[] {
  async function answerInfo(request: Request, response: Response): Promise<void> {
    const identifier = identifierOf(request);
    const verdict = await gate.info(identifier, credentialsOf(request));
    if (verdict.kind !== 'info') {
      const { status, body } = presentRefusal(verdict);
      response.status(status).json(body);
      return;
    }
    const { width, height, way } = verdict;
    const probe = way.kind === 'open' ? undefined : probeService(publicUrl, identifier, texts, way.kind);
    const info = imageInfo({ id: publicUrl + PREFIX + identifier, width, height, limits, probe });
    sendDocument(request, response, { status: 200, body: JSON.stringify(info), context: IMAGE_3_CONTEXT });
  }

  return [openToAllOrigins, answerInfo];
}

/** The same below a signature: for the holder of the address, and it names no service, because it needs none. */
export function signedInfo3Steps(gate: Gate, { publicUrl, limits }: DocumentSettings): RequestHandler[] {
  async function answerSignedInfo(request: Request, response: Response): Promise<void> {
    const [, , , , signed = '', identifier = ''] = normaliseTarget(request.path).split('/');
    const verdict = await gate.signedInfo(identifier, signed.slice(SIGNED.length), credentialsOf(request));
    if (verdict.kind !== 'info') {
      const { status, body } = presentRefusal(verdict);
      response.status(status).json(body);
      return;
    }
    const { width, height } = verdict;
    const id = `${publicUrl}${PREFIX}${signed}/${identifier}`;
    sendDocument(request, response, {
      status: 200,
      body: JSON.stringify(imageInfo({ id, width, height, limits, probe: undefined })),
      context: IMAGE_3_CONTEXT,
    });
  }

  return [openToAllOrigins, answerSignedInfo];
}

/** The base address of an image leads to its description (Image API 3.0, section 2). */
export function image3BaseSteps(publicUrl: string): RequestHandler[] {
  function redirectToInfo(request: Request, response: Response): void {
    response.redirect(303, `${publicUrl}${PREFIX}${identifierOf(request)}/info.json`);
  }

  return [openToAllOrigins, redirectToInfo];
}

function identifierOf(request: Request): string {
  return normaliseTarget(request.path).split('/')[4] ?? '';
}
