import express, { type RequestHandler } from 'express';

/** The largest form of the panel is a user with many roles: a few kilobytes. */
const LIMIT = '64kb';
const FIELD = /^[a-zA-Z]{1,40}$/;

/**
 * Reads the form that AdminJS posts (multipart) into `request.body`, as text fields. In memory and small: express-
 * formidable, AdminJS's own choice, writes files to disk, 200 MB by default, and the panel has no use for files.
 */
export function form(): RequestHandler[] {
  return [express.raw({ limit: LIMIT, type: () => true }), readMultipart];
}

const readMultipart: RequestHandler = async function readForm(request, response, next) {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) {
    request.body = {};
    next();
    return;
  }
  const type = request.get('Content-Type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    response.status(415).json({ error: 'unsupported_media_type', message: 'Send multipart/form-data.' });
    return;
  }
  const fields = await textFields(new Uint8Array(body), type);
  if (fields) {
    request.body = fields;
    next();
  } else {
    response.status(400).json({ error: 'bad_request', message: 'This form cannot be read.' });
  }
};

/** `undefined` for what is no form, or has files, or field names that no form of ours has. */
async function textFields(body: Uint8Array<ArrayBuffer>, type: string): Promise<Record<string, string> | undefined> {
  const response = new Response(body, { headers: { 'Content-Type': type } });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is for bodies of any length, which ours are not
  const form = await response.formData().catch(() => undefined);
  if (!form) return undefined;
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || !FIELD.test(name)) return undefined;
    fields[name] = value;
  }
  return fields;
}
