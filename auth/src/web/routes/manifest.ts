import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../gate/gate.ts';
import type { ManifestVerdict } from '../../gate/verdict.ts';
import { loginService } from '../../iiif/auth1/services.ts';
import { PRESENTATION_2_CONTEXT } from '../../iiif/names.ts';
import { collection } from '../../iiif/presentation2/collection.ts';
import { manifest } from '../../iiif/presentation2/manifest.ts';
import { credentialsOf, openToAllOrigins, sendDocument } from '../documents.ts';
import { presentRefusal } from '../present.ts';
import { normaliseTarget } from '../target.ts';
import type { DocumentSettings } from './info.ts';

export const MANIFEST_PATH = /^\/iiif\/manifests(\/[^/]*)?$/;

/** Manifests and collections, Presentation API 2.1; where they are protected, 401 with the document and its services. */
export function manifestSteps(gate: Gate, settings: DocumentSettings): RequestHandler[] {
  async function answerManifest(request: Request, response: Response): Promise<void> {
    const identifier = normaliseTarget(request.path).split('/')[3] ?? '';
    const verdict = await gate.manifest(identifier, credentialsOf(request));
    if (verdict.kind !== 'folder') {
      const { status, body } = presentRefusal(verdict);
      response.status(status).json(body);
      return;
    }
    const context = verdict.contents.kind === 'handmade' ? undefined : PRESENTATION_2_CONTEXT;
    const body = textOf(verdict, settings);
    if (verdict.decision.kind === 'allowed') {
      sendDocument(request, response, { status: 200, body, context });
      return;
    }
    response.set('WWW-Authenticate', 'Bearer');
    sendDocument(request, response, { status: 401, body: withLogin(body, settings), context });
  }

  return [openToAllOrigins, answerManifest];
}

function textOf(verdict: Extract<ManifestVerdict, { kind: 'folder' }>, settings: DocumentSettings): string {
  const { contents, isOpen } = verdict;
  const { publicUrl, institution } = settings;
  if (contents.kind === 'handmade') return contents.json;
  const { path } = contents;
  const label = path.at(-1) || institution;
  if (contents.kind === 'collection') {
    return JSON.stringify(collection({ publicUrl, path, label, members: contents.members }));
  }
  const service = loginService(publicUrl, institution);
  const images = contents.images.map((image) => ({ ...image, open: isOpen(image) }));
  return JSON.stringify(manifest({ publicUrl, path, label, attribution: institution, images, service }));
}

/** The document with the login service at its top: this is what is to be opened (Authentication API 1.0, section 2.1). */
function withLogin(json: string, { publicUrl, institution }: DocumentSettings): string {
  const document = JSON.parse(json) as { service?: unknown };
  const own = document.service === undefined ? [] : [document.service].flat();
  return JSON.stringify({ ...document, service: [loginService(publicUrl, institution), ...own] });
}
