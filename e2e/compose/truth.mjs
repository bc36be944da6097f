// Row 82 on a whole stack: over every pattern of the demonstration and every kind of visitor, the probe of the
// Authorization Flow 2.0 says 200 exactly when the image opens.
import assert from 'node:assert/strict';

const VIEWER = 'https://viewer.example.net';
const patience = () => ({ redirect: /** @type {const} */ ('manual'), signal: AbortSignal.timeout(20_000) });

/**
 * Visitors by what they did before: each gives the `Cookie` header that they have then.
 * @param {import('./checks.mjs').Server} server
 * @returns {Record<string, () => Promise<string>>}
 */
function visitorsOf({ baseUrl, email, password }) {
  /** @type {(path: string, form?: Record<string, string>) => Promise<string>} */
  const after = async (path, form) => {
    const answer = await fetch(baseUrl + path, {
      ...patience(),
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    return answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  };
  return {
    nobody: () => Promise.resolve(''),
    'who is logged in': () => after('/auth/iiif-login', { email, password }),
    'who agreed': () => after('/auth/iiif-clickthrough'),
    'who stands at the kiosk': () => after('/auth/iiif-kiosk'),
  };
}

/**
 * Addresses of the Image 3 services of everything that the demonstration shows.
 * @param {string} baseUrl
 * @returns {Promise<Map<string, string>>} paths by what they show
 */
async function demonstrated(baseUrl) {
  const page = await (await fetch(`${baseUrl}/demo/`, patience())).text();
  const manifests = new Set(page.match(/\/demo\/[a-z]+\/manifest3\.json/g));
  const services = new Map();
  for (const path of manifests) {
    const { items } = await (await fetch(baseUrl + path, patience())).json();
    for (const canvas of items) {
      /** @type {{id: string, type: string}[]} */
      const ofCanvas = canvas.items[0].items[0].body.service;
      const { id } = ofCanvas.find(({ type }) => type === 'ImageService3') ?? assert.fail(JSON.stringify(ofCanvas));
      services.set(`${path.split('/')[2]}: ${decodeURIComponent(id.split('/').at(-1) ?? '')}`, new URL(id).pathname);
    }
  }
  return services;
}

/**
 * @param {string} baseUrl
 * @param {Record<string, string>} headers
 */
async function tokenFor(baseUrl, headers) {
  const page = await fetch(`${baseUrl}/auth/iiif/2/token?messageId=1&origin=${VIEWER}`, { ...patience(), headers });
  return /"accessToken":"([^"]+)"/.exec(await page.text())?.[1];
}

/**
 * @param {import('./checks.mjs').Server} server with DEMO=true
 * @returns {import('./checklist.mjs').Check[]}
 */
export function truth(server) {
  const { baseUrl } = server;
  return Object.entries(visitorsOf(server)).map(([visitor, come]) => ({
    title: `row 82: probe and image agree, for ${visitor}`,
    async run() {
      const cookie = await come();
      /** @type {Record<string, string>} */
      const headers = cookie === '' ? {} : { cookie };
      const token = await tokenFor(baseUrl, headers);
      const services = await demonstrated(baseUrl);
      assert.ok(services.size >= 8, `${services.size} images are demonstrated`);
      const opened = [];
      for (const [name, path] of services) {
        /** @type {Record<string, string>} */
        const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
        const identifier = path.split('/').at(-1);
        const probe = await fetch(`${baseUrl}/auth/iiif/2/probe/${identifier}`, {
          ...patience(),
          headers: authorization,
        });
        const { status } = await probe.json();
        const tile = await fetch(`${baseUrl}${path}/full/16,/0/default.jpg`, { ...patience(), headers });
        await tile.arrayBuffer();
        assert.equal(
          status === 200,
          tile.status === 200,
          `${name}: the probe says ${status}, the image ${tile.status}`,
        );
        if (status === 200) opened.push(name);
      }
      assert.ok(opened.length > 0 && opened.length < services.size, `opened: ${opened.join(', ')}`);
    },
  }));
}
