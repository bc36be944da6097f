import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../gate/gate.ts';
import type { ManifestVerdict } from '../../gate/verdict.ts';
import { cookieService } from '../../iiif/auth1/services.ts';
import * as presentation2 from '../../iiif/presentation2/documents.ts';
import * as presentation3 from '../../iiif/presentation3/documents.ts';
import { credentialsOf, openToAllOrigins, sendDocument } from '../documents.ts';
import { presentRefusal } from '../present.ts';
import { normaliseTarget } from '../target.ts';
import type { DocumentSettings } from './info.ts';

export type PresentationVersion = 2 | 3;

/** Where the manifests of a version are, without the identifier. */
const PREFIXES = { 2: '/iiif/manifests', 3: '/iiif/3/manifests' } as const;
const WRITERS = { 2: presentation2, 3: presentation3 } as const;

export function manifestPath(version: PresentationVersion): RegExp {
  return new RegExp(`^${PREFIXES[version]}(/[^/]*)?$`);
}

/** Manifests and collections, Presentation API 2.1 and 3.0; where they are protected, 401 with the document and its services. */
export function manifestSteps(gate: Gate, version: PresentationVersion, settings: DocumentSettings): RequestHandler[] {
  const { publicUrl, texts } = settings;

  async function answerManifest(request: Request, response: Response): Promise<void> {
    const identifier = normaliseTarget(request.path).slice(PREFIXES[version].length + 1);
    const verdict = await gate.manifest(identifier, version, credentialsOf(request));
    if (verdict.kind !== 'folder') {
      const { status, body } = presentRefusal(verdict);
      response.status(status).json(body);
      return;
    }
    const context = verdict.contents.kind === 'handmade' ? undefined : WRITERS[version].CONTEXT;
    const body = textOf(verdict);
    if (verdict.decision.kind === 'allowed') {
      sendDocument(request, response, { status: 200, body, context });
      return;
    }
    response.set('WWW-Authenticate', 'Bearer');
    sendDocument(request, response, { status: 401, body: withLogin(body), context });
  }

  function textOf({ contents, wayTo }: Extract<ManifestVerdict, { kind: 'folder' }>): string {
    if (contents.kind === 'handmade') return contents.json;
    const label = contents.path.at(-1) || settings.institution;
    const input = { publicUrl, path: contents.path, label, attribution: settings.institution, texts };
    if (contents.kind === 'collection') {
      return JSON.stringify(WRITERS[version].collection({ ...input, members: contents.members }));
    }
    const images = contents.images.map((image) => ({ ...image, way: wayTo(image) }));
    return JSON.stringify(WRITERS[version].manifest({ ...input, images }));
  }

  /**
   * The document with the login service at its top: it is what is to be opened (Authentication API 1.0, section 2.1). The
   * Authorization Flow 2.0 does not cover manifests, so this is the service in both versions.
   */
  function withLogin(json: string): string {
    const document = JSON.parse(json) as { service?: unknown };
    const own = document.service === undefined ? [] : [document.service].flat();
    const { authReference } = WRITERS[version];
    return JSON.stringify({ ...document, service: [authReference(cookieService(publicUrl, texts, 'login')), ...own] });
  }

  return [openToAllOrigins, answerManifest];
}
