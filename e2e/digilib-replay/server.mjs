// Answers like digilib 2.13 in a container, from recordings of the real one (../fixtures/digilib) and the sizes of the
// files in a folder. The pictures have the right size and one flat colour.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from './answers.mjs';
import { dimensions } from './dimensions.mjs';
import { Refused, rendition } from './geometry.mjs';
import { find } from './identifier.mjs';
import { jpeg, png } from './picture.mjs';

/** What Tomcat refuses before digilib sees it. */
function tomcatRefuses(path) {
  if (/%(?![0-9a-f]{2})/i.test(path)) return 'Invalid URI: isHexDigit';
  if (/%2f/i.test(path)) return 'Invalid URI: noSlash';
  if (/%5c|%00|[\\^"<>`{|}]/i.test(path)) return 'Invalid URI';
  return undefined;
}

/** The same colour for the same file, so that a wrong picture shows: [a, b, c], 60 to 199. */
function colourOf(path) {
  let sum = 7;
  for (const letter of path) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return [0, 8, 16].map((shift) => 60 + (((sum >>> shift) & 255) % 140));
}

/**
 * A server like digilib's.
 * @param root folder of images (digilib: BASEDIR_LIST)
 * @param prefix first part of an IIIF address (IIIF_PREFIX)
 * @param places requests for images at once before 503 (WORKER_THREADS and MAX_WAITING_THREADS together)
 * @param delay milliseconds that a picture takes
 */
export function digilib({ root, prefix, places, delay = 0 }) {
  const address = new RegExp(`^/digilib/(?:servlet/)?Scaler(?:;[^/]*)?/${prefix}(?:;[^/]*)?(?:/(.*))?$`);
  let busy = 0;

  async function answer(request, response) {
    const path = request.url.split('?')[0];
    const { method } = request;
    const problem = tomcatRefuses(path);
    if (problem) return send(response, 'bad-request', { message: problem });
    if (!path.startsWith('/digilib/')) return send(response, 'not-found');
    if (method === 'OPTIONS') return send(response, 'options');
    if (!['GET', 'HEAD', 'POST'].includes(method)) return send(response, 'not-allowed', { method });
    const rest = address.exec(path);
    if (!rest) return send(response, 'error-png', {}, png(64, 64, [200, 60, 60]));
    // digilib compares before it looks for the file.
    if (request.headers['if-modified-since']) return send(response, 'not-modified');

    const [id, ...parameters] = (rest[1] ?? '').split('/');
    if (id === '' && parameters.length > 0) return send(response, 'broken');
    const file = find(root, id);
    if (file === 'forbidden') return send(response, 'empty');
    if (file === 'nothing') return send(response, 'not-found');
    const host = request.headers.host ?? 'localhost';
    if (parameters.join('') === '') return send(response, 'redirect', { host, id });
    const image = dimensions(file);
    if (!image) return send(response, 'empty'); // what it cannot decode
    if (parameters[0] === 'info.json') {
      if (request.headers.origin) response.setHeader('Access-Control-Allow-Origin', '*');
      return send(response, image.tile ? 'info-tiled' : 'info-untiled', { host, id, ...image });
    }

    const { width, height, type } = rendition(parameters, image);
    if (busy >= places) return send(response, 'overloaded');
    busy += 1;
    try {
      if (delay > 0) await pause(delay);
      const draw = type === 'image/png' ? png : jpeg;
      return send(response, 'image', { type }, draw(width, height, colourOf(file.slice(root.length))));
    } finally {
      busy -= 1;
    }
  }

  return createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (error instanceof Refused) send(response, 'bad-request', { message: error.message });
      else send(response, 'broken');
    });
  });
}
