import type { Request, RequestHandler, Response } from 'express';
import pLimit from 'p-limit';
import type { Gate } from '../../gate/gate.ts';
import type { ManifestVerdict } from '../../gate/verdict.ts';
import { cookieService } from '../../iiif/auth1/services.ts';
import * as presentation2 from '../../iiif/presentation2/documents.ts';
import * as presentation3 from '../../iiif/presentation3/documents.ts';
import { credentialsOf, openToAllOrigins, sendDocument } from '../documents.ts';
import { presentRefusal } from '../present.ts';
import { normaliseTarget } from '../target.ts';
import type { DocumentSettings } from './info.ts';

/** Images. A manifest of as many is megabytes long; writing one of ten thousand takes 200 MB until it is sent. */
const LARGE = 500;

export type PresentationVersion = 2 | 3;

/** Where the manifests of a version are, without the identifier. */
const PREFIXES = { 2: '/iiif/manifests', 3: '/iiif/3/manifests' } as const;
const WRITERS = { 2: presentation2, 3: presentation3 } as const;

type FolderVerdict = Extract<ManifestVerdict, { kind: 'folder' }>;

/** One at a time, or a few who ask for them would use up the memory of the service. */
const largeOnes = pLimit(1);

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
    const images = verdict.contents.kind === 'manifest' ? verdict.contents.images.length : 0;
    if (images < LARGE) answer(request, response, verdict);
    else await largeOnes(() => answerAndWait(request, response, verdict));
  }

  function answer(request: Request, response: Response, verdict: FolderVerdict): void {
    const { contents, decision } = verdict;
    const context = contents.kind === 'handmade' ? undefined : WRITERS[version].CONTEXT;
    if (decision.kind === 'allowed') {
      const body = contents.kind === 'handmade' ? contents.json : JSON.stringify(documentOf(verdict));
      sendDocument(request, response, { status: 200, body, context });
      return;
    }
    response.set('WWW-Authenticate', 'Bearer');
    sendDocument(request, response, { status: 401, body: JSON.stringify(withLogin(documentOf(verdict))), context });
  }

  /** Until the last byte is gone: so long it is in memory. */
  async function answerAndWait(request: Request, response: Response, verdict: FolderVerdict): Promise<void> {
    if (response.closed) return; // who waited has gone
    const gone = new Promise<void>((resolve) => response.once('close', resolve));
    answer(request, response, verdict);
    await gone;
  }

  function documentOf({ contents, wayTo }: FolderVerdict): object {
    if (contents.kind === 'handmade') return JSON.parse(contents.json) as object;
    const label = contents.path.at(-1) || settings.institution;
    const input = { publicUrl, path: contents.path, label, attribution: settings.institution, texts };
    if (contents.kind === 'collection') return WRITERS[version].collection({ ...input, members: contents.members });
    const images = contents.images.map((image) => ({ ...image, way: wayTo(image) }));
    return WRITERS[version].manifest({ ...input, images });
  }

  /**
   * The document with the login service at its top: it is what is to be opened (Authentication API 1.0, section 2.1). The
   * Authorization Flow 2.0 does not cover manifests, so this is the service in both versions.
   */
  function withLogin(document: object): object {
    const { service } = document as { service?: unknown };
    const own = service === undefined ? [] : [service].flat();
    const { authReference } = WRITERS[version];
    return { ...document, service: [authReference(cookieService(publicUrl, texts, 'login')), ...own] };
  }

  return [openToAllOrigins, answerManifest];
}
