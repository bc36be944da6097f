import express from 'express';
import { refusals } from './errors.ts';
import { form } from './form.ts';
import { guard } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { loadPieces } from './pieces.ts';
import type { PanelServices } from './services.ts';

export type { PanelServices };

/**
 * The admin panel, to be mounted at `rootPath`: `app.use('/auth/admin', createPanel(services))`. Needs no body parser and
 * no express-session before it, and `trust proxy` set where `request.ip` is to be the client's.
 *
 * Costs nothing until an administrator has passed the guard: only then is AdminJS loaded (a second, 200 MB), once, and in pieces: tiles do not wait for it. What it
 * cannot answer itself (the store is gone) goes to the application's error handler.
 */
export function createPanel(services: PanelServices): express.Router {
  const panel = express.Router();
  panel.use(securityHeaders, ...guard(services), ...form(), lazily(services));
  panel.use(refusals());
  return panel;
}

async function load(services: PanelServices): Promise<express.Router> {
  await loadPieces();
  const { createAdminJs } = await import('./adminJs.ts');
  return createAdminJs(services);
}

function lazily(services: PanelServices): express.RequestHandler {
  let loading: Promise<express.Router> | undefined;
  return async function adminJs(request, response, next) {
    loading ??= load(services);
    const router = await loading;
    router(request, response, next);
  };
}
