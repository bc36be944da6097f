import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const MODULES = join(import.meta.dirname, '../node_modules');
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
 * @returns {Promise<Viewers>}
 */
export async function startViewers() {
  const server = createServer(async (request, response) => {
    const file = await fileAt(new URL(request.url, 'http://localhost').pathname);
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': file.type }).end(file.content);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    otherSite: `http://127.0.0.1:${port}`,
    sameSite: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
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

/** @returns {Promise<{content: Buffer, type: string} | undefined>} */
async function fileAt(pathname) {
  if (pathname === BUNDLE) return { content: await bundle(), type: TYPES['.js'] };
  const [, folder, ...rest] = normalize(decodeURIComponent(pathname)).split('/');
  const file = FOLDERS[folder] && join(FOLDERS[folder], ...rest);
  const content = file && (await readFile(file).catch(() => undefined));
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
  return outputFiles[0].contents;
}
