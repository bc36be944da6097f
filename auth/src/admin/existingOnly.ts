import type AdminJS from 'adminjs';
import type { RequestHandler } from 'express';

/**
 * Lets pass what AdminJS has: a resource, and an action of it that is not switched off, asked for in the way it is meant.
 * Its own answer to anything else is a thrown Error (500), or a form that fails when it is sent.
 */
export function existingOnly(admin: AdminJS): RequestHandler {
  return function onlyWhatThereIs(request, _response, next) {
    const { action: name, recordId, resourceId } = request.params;
    if (resourceId === undefined) {
      next();
      return;
    }
    const resource = admin.resources.find((candidate) => candidate.id() === resourceId)?.decorate();
    const action = Object.entries(resource?.actions ?? {}).find(([key]) => key === (name ?? 'list'))?.[1];
    const fits = recordId === undefined ? action?.isResourceType() : action?.isRecordType();
    // The one action that AdminJS refuses to be asked by GET, with an Error.
    const missesForm = name === 'new' && request.method === 'GET' && request.path.startsWith('/api/');
    next(fits && action?.isAccessible() && !missesForm ? undefined : 'router');
  };
}
