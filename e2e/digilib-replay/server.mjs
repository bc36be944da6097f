// Answers like digilib 2.13.0 in a container, from recordings of the real one (../fixtures/digilib) and the heads of the
// files in a folder, to what auth asks. The pictures have the right size and one flat colour; what it fails at and what it
// takes its time for is as with the real one (ways.mjs).
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from './answers.mjs';
import { Refused, rendition } from './geometry.mjs';
import { header } from './header.mjs';
import { find, isKnown } from './identifier.mjs';
import { jpeg, png } from './picture.mjs';
import { outcome, seconds } from './ways.mjs';
import { Workers } from './workers.mjs';

/**
 * The same colour for the same file, so that a wrong picture shows: [a, b, c], 60 to 199.
 * @param {string} path
 */
function colourOf(path) {
  let sum = 7;
  for (const letter of path) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return [0, 8, 16].map((shift) => 60 + (((sum >>> shift) & 255) % 140));
}

/**
 * A server like digilib's.
 * @param {object} options
 * @param {string} options.root folder of pyramids (digilib: basedir-list)
 * @param {string} options.prefix first part of an IIIF address (iiif-prefix)
 * @param {number} [options.workers] pictures at a time (worker-threads)
 * @param {number} options.places requests for pictures at once before 503 (worker-threads and max-waiting-threads together)
 * @param {number} [options.pace] how much of the time that digilib takes this takes; a tenth keeps tests short
 * @param {(line: string) => void} [options.log] is given what digilib writes to its log
 */
export function digilib({ root, prefix, workers = 2, places, pace = 0.1, log = () => undefined }) {
  const address = `/digilib/Scaler/${prefix}/`;
  const crew = new Workers(workers, places);

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    const [path = ''] = (request.url ?? '').split('?');
    if (!path.startsWith('/digilib/')) return send(response, 'not-found');
    if (!path.startsWith(address)) return send(response, 'error-png', {}, png(64, 64, [200, 60, 60]));
    const [id = '', ...parameters] = path.slice(address.length).split('/');
    // Compared, in silence, before the file is looked for; with nothing where there is no such folder.
    if (request.headers['if-modified-since'] && isKnown(root, id)) return send(response, 'not-modified');
    const file = find(root, id);
    if (file === undefined) {
      log('ERROR digilib.servlet.Scaler: Image file not found');
      return send(response, 'not-found');
    }
    const image = header(file);
    if (!image) return send(response, 'empty'); // what it cannot identify
    return picture(response, file, image, rendition(parameters, image));
  }

  /**
   * @param {import('node:http').ServerResponse} response
   * @param {string} file
   * @param {import('./header.mjs').Header} image
   * @param {import('./geometry.mjs').Asked} asked
   */
  async function picture(response, file, image, asked) {
    const done = outcome(image, asked);
    const give = await crew.take();
    if (!give) return send(response, 'overloaded');
    try {
      await pause(seconds(image, asked) * pace * 1000);
    } finally {
      give(); // not before: it goes on for nobody
    }
    if (response.destroyed) {
      log('ERROR digilib.servlet.AsyncServletWorker: java.lang.NullPointerException');
      return response;
    }
    if (done === 'broken') return send(response, 'broken');
    const { type, width, height } = asked;
    const draw = type === 'image/png' ? png : jpeg;
    const body = done === 'empty' ? Buffer.alloc(0) : draw(width, height, colourOf(file.slice(root.length)));
    return send(response, 'image', { type }, body);
  }

  return createServer((request, response) => {
    answer(request, response).catch((/** @type {unknown} */ error) => {
      if (error instanceof Refused) send(response, 'bad-request', { message: error.message });
      else send(response, 'broken');
    });
  });
}
