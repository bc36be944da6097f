import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { extname, join, normalize } from 'node:path';
import { close, listen } from '../../test-support/servers.mjs';

const MODULES = join(import.meta.dirname, '../node_modules');
/** @type {Record<string, string>} */
const FOLDERS = {
  pages: join(import.meta.dirname, 'pages'),
  clients: join(import.meta.dirname, '../../auth/src/web/demo'),
  mirador: join(MODULES, 'mirador/dist'),
  mirador4: join(MODULES, 'mirador4/dist'),
  universalviewer: join(MODULES, 'universalviewer/dist'),
  openseadragon: join(MODULES, 'openseadragon/build/openseadragon'),
  tify: join(MODULES, 'tify/dist'),
  clover: join(MODULES, '@samvera/clover-iiif/dist/web-components'),
};
/** The one viewer that comes as modules of React. */
const BUNDLE = '/react-iiif-vault/bundle.js';
/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
};

/**
 * @typedef {object} Viewers somebody's web site with viewers on it, under two names
 * @property {string} otherSite its address where a Vitrine on http://localhost is another site: cookies are third-party
 * @property {string} sameSite its address on the same site as that Vitrine, and another origin
 * @property {() => Promise<void>} stop
 */

/**
 * Serves the pages of `pages/` and the viewers' own files on a free port of this machine.
 * @param {{cert: string, key: string, names: {otherSite: string, sameSite: string}}} [https] where it is a site on https:
 *   its certificate, and the host names to write into its addresses
 * @returns {Promise<Viewers>}
 */
export async function startViewers(https) {
  /** @type {import('node:http').RequestListener} */
  const answer = async ({ url = '/' }, response) => {
    const file = await fileAt(new URL(url, 'http://localhost').pathname);
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': file.type }).end(file.content);
  };
  const server = https === undefined ? createServer(answer) : createSecureServer(https, answer);
  const port = await listen(server);
  const { otherSite, sameSite } = https?.names ?? { otherSite: '127.0.0.1', sameSite: 'localhost' };
  const scheme = https === undefined ? 'http' : 'https';
  return {
    otherSite: `${scheme}://${otherSite}:${port}`,
    sameSite: `${scheme}://${sameSite}:${port}`,
    stop: () => close(server),
  };
}

/**
 * Has the same files below `/viewer` of a Vitrine itself, for one browser: as where one web server has both. They come
 * from here, everything else from the Vitrine as ever.
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url of the Vitrine
 * @returns {Promise<string>} what stands before `/pages/…`
 */
export async function viewersAt(context, url) {
  await context.route(`${url}/viewer/**`, async (route) => {
    const file = await fileAt(new URL(route.request().url()).pathname.replace('/viewer', ''));
    await route.fulfill(file === undefined ? { status: 404 } : { contentType: file.type, body: file.content });
  });
  return `${url}/viewer`;
}

/**
 * @param {string} pathname
 * @returns {Promise<{content: Buffer, type: string} | undefined>}
 */
async function fileAt(pathname) {
  if (pathname === BUNDLE) return { content: await bundle(), type: TYPES['.js'] };
  const [, folder, ...rest] = normalize(decodeURIComponent(pathname)).split('/');
  if (!Object.hasOwn(FOLDERS, folder)) return undefined;
  const file = join(FOLDERS[folder], ...rest);
  const content = await readFile(file).catch(() => undefined);
  return content && { content, type: `${TYPES[extname(file)]}; charset=utf-8` };
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [join(FOLDERS.pages, 'iiifVault.jsx')],
    bundle: true,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}
