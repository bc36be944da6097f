import type { Request, RequestHandler, Response } from 'express';
import type { Gate } from '../../gate/gate.ts';
import type { ApiVersion } from '../../iiif/apiVersions.ts';
import { ASKED_EACH_TIME, credentialsOf, sendRefusal, setStatus, setType } from '../documents.ts';
import { FolderDocuments } from '../folderDocuments.ts';
import { presentFolder } from '../present.ts';
import type { Renderings } from '../renderings.ts';
import { sendRendering } from '../sendRendering.ts';
import { normaliseTarget } from '../target.ts';
import type { DocumentSettings } from './info.ts';

/** Where the manifests of a version are; the root of all folders with a slash at its end, or without. */
export function manifestPath({ presentation: { prefix } }: ApiVersion): RegExp {
  return new RegExp(`^${prefix.slice(0, -1)}(/[^/]*)?$`);
}

/** Manifests and collections, Presentation API 2.1 and 3.0; where they are protected, 401 with the document and its services. */
export function manifestSteps(
  gate: Gate,
  api: ApiVersion,
  settings: DocumentSettings,
  renderings: Renderings,
): RequestHandler[] {
  const { presentation } = api;
  const documents = new FolderDocuments(api, settings);

  async function answerManifest(request: Request, response: Response): Promise<void> {
    const identifier = normaliseTarget(request.path).slice(presentation.prefix.length);
    const answer = presentFolder(await gate.manifest(identifier, api.version, credentialsOf(request)));
    if (answer.kind === 'refusal') {
      sendRefusal(response, answer);
      return;
    }
    const source = await documents.of(answer.content);
    setStatus(request, response, answer);
    if (answer.status === 200) {
      response.set({ 'Cache-Control': ASKED_EACH_TIME, ETag: source.etag });
      if (request.fresh) {
        response.vary('Accept-Encoding').status(304).end();
        return;
      }
    }
    setType(request, response, answer.content.contents.kind === 'handmade' ? undefined : presentation.context);
    if (response.closed) return; // nobody waits any more
    if (request.method === 'HEAD') response.vary('Accept-Encoding').end();
    else await sendRendering(request, response, renderings.of(source));
  }

  return [answerManifest];
}
