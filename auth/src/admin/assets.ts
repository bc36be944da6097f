import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import express from 'express';

const resolve = createRequire(import.meta.url).resolve;
const adminJs = path.join(path.dirname(resolve('adminjs')), 'lib/frontend/assets/scripts');
const designSystem = path.dirname(path.dirname(resolve('@adminjs/design-system')));

/** The scripts that AdminJS's page asks for, always the built ones, whatever NODE_ENV is. */
const SCRIPTS = [
  ['global.bundle.js', { root: adminJs, file: 'global-bundle.production.js' }],
  ['design-system.bundle.js', { root: designSystem, file: 'bundle.production.js' }],
  ['app.bundle.js', { root: adminJs, file: 'app-bundle.production.js' }],
] as const;

/** Ours, modules as they are written: AdminJS would bundle them at start, with Babel, into a folder that it may write to. */
const OURS = path.join(import.meta.dirname, 'browser');
export const MODULE = 'frontend/assets/panel/main.mjs';
export const STYLESHEET = 'frontend/assets/panel/panel.css';

// A browser keeps them and asks each time whether they are still the ones: three megabytes, new with every release.
const kept = { 'Cache-Control': 'private, no-cache' };
const headers = { ...kept, 'Content-Type': 'text/javascript; charset=utf-8' };

/**
 * Serves scripts and styles. AdminJS's own way names a file by its full path, which Express 5 refuses where the name of any of
 * its folders begins with a dot; with a root, only what is below it is looked at.
 */
export function assets(): express.Router {
  const router = express.Router();
  for (const [name, { root, file }] of SCRIPTS) {
    router.get(`/frontend/assets/${name}`, function script(_request, response, next) {
      response.sendFile(file, { root, headers }, (error?: Error) => {
        if (error && !response.headersSent) next(error);
      });
    });
  }
  const setHeaders = (response: ServerResponse): void => {
    response.setHeaders(new Map(Object.entries(kept)));
  };
  router.use(
    '/frontend/assets/panel',
    express.static(OURS, { cacheControl: false, index: false, redirect: false, setHeaders }),
  );
  return router;
}
