import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../../../test-support/ask.mjs';
import { mustRun } from '../../../test-support/command.mjs';
import { freePort } from '../../../test-support/ports.mjs';
import { startServe } from '../../support/serve.mjs';
import { regionOf } from '../grid.mjs';
import { median } from '../numbers.mjs';
import { PYRAMID, vips } from '../pictures.mjs';
import { startBareNginx } from './bareNginx.mjs';
import { computed, cores } from './cores.mjs';
import { addReaders, ownDatabase } from './readers.mjs';
import { CONNECTIONS } from './wrk.mjs';

/** @typedef {import('./sequence.mjs').Measured} Measured */

/** Tiles that a viewer asks for at once on a connection of HTTP/2. */
const AT_ONCE = 8;
/** Of a connection: nginx closes each after a thousand, and h2load makes no new ones. */
const OF_A_CONNECTION = 950;

/**
 * A warm tile by HTTP/2, beside nginx that sends it as a file by HTTP/2.
 * @param {import('../main.mjs').Bench} bench
 * @returns {Promise<import('../main.mjs').Row[]>}
 */
export async function https({ folder, photo, rounds, seconds }) {
  const own = join(folder, 'https');
  const [images, certificates] = [join(own, 'images'), join(own, 'certificates')];
  await mkdir(images, { recursive: true });
  await mkdir(certificates, { recursive: true });
  await vips('tiffsave', photo, join(images, '0.tif'), ...PYRAMID);
  const tls = { certificate: join(certificates, 'localhost.crt'), key: join(certificates, 'localhost.key') };
  await certify(tls);
  const port = String(await freePort());
  const env = { VIRTUAL_HOST_PROTO: 'https', OWN_DIR: certificates, HTTPS_PORT: port };
  const vitrine = await startServe({ images, core: cores.server, env });
  try {
    const [{ cookie: plain }] = await addReaders(ownDatabase(vitrine.data), 1);
    const cookie = `__Host-${plain}`;
    const base = `https://localhost:${port}`;
    const path = `/iiif/images/0.tif/${regionOf({ column: 0, row: 0 })}`;
    const { status, body, text } = await ask(base, path, {
      headers: { cookie },
      connection: { rejectUnauthorized: false },
    });
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    const bare = await startBareNginx(join(own, 'bare'), [body], { tls });
    try {
      const ways = {
        own: { url: base + path, pids: [vitrine.pid], cookie },
        bare: { url: `${bare.base}/0.jpg`, pids: bare.pids, cookie },
      };
      await measure(ways.own, 1, body.length);
      /** @type {{own: Measured, bare: Measured}[]} */
      const measured = [];
      for (let round = 0; round < rounds; round++) {
        measured.push({
          bare: await measure(ways.bare, seconds, body.length),
          own: await measure(ways.own, seconds, body.length),
        });
      }
      const middle = (/** @type {(round: (typeof measured)[number]) => number} */ number) =>
        median(measured.map(number));
      return [
        {
          what: 'https, HTTP/2, warm ÷ nginx static over TLS',
          value: middle((round) => round.bare.cost / round.own.cost),
          atLeast: 0.75,
          rate: middle((round) => round.own.rate),
          cost: middle((round) => round.own.cost),
          ofRates: middle((round) => round.own.rate / round.bare.rate),
          remark: `bare nginx: ${Math.round(middle((round) => round.bare.rate))} a second, ${middle((round) => round.bare.cost).toFixed(0)} µs`,
        },
      ];
    } finally {
      await bare.stop();
    }
  } finally {
    await vitrine.stop();
  }
}

/** @param {{certificate: string, key: string}} files to make */
async function certify({ certificate, key }) {
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  const name = ['-addext', 'subjectAltName=DNS:localhost'];
  await mustRun('openssl', [...words.split(' '), ...name, '-keyout', key, '-out', certificate]);
}

/**
 * @param {{url: string, pids: readonly number[], cookie: string}} way
 * @param {number} seconds about; what is counted is answers
 * @param {number} length bytes of each answer
 * @returns {Promise<Measured>} throws where an answer is another
 */
async function measure({ url, pids, cookie }, seconds, length) {
  const before = computed(pids);
  const connections = Math.ceil(seconds) * (CONNECTIONS / AT_ONCE);
  const numbers = ['-t1', `-c${connections}`, `-m${AT_ONCE}`, `-n${connections * OF_A_CONNECTION}`];
  const words = ['-c', cores.client, 'h2load', ...numbers, '-H', `cookie: ${cookie}`, url];
  const said = (await mustRun('taskset', words, { seconds: seconds + 60 })).toString();
  const spent = computed(pids) - before;
  const number = (/** @type {RegExp} */ form) => Number(form.exec(said)?.[1] ?? NaN);
  const [answers, rate] = [number(/^status codes: (\d+) 2xx/m), number(/, ([\d.]+) req\/s/)];
  const data = number(/\((\d+)\) data/);
  const isWhole = answers === connections * OF_A_CONNECTION && data === answers * length;
  if (!isWhole || !said.includes('protocol: h2'))
    throw new Error(`${url}: answers are not what they should be:\n${said}`);
  return { rate, cost: spent / answers };
}
