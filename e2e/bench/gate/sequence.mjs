import { createHash } from 'node:crypto';
import { ask } from '../../../test-support/ask.mjs';
import { inTurn } from '../../support/inTurn.mjs';
import { computed } from './cores.mjs';
import { CONNECTIONS, wrk, writeRequests } from './wrk.mjs';

/** Requests whose answers are looked at in full, of a sequence that may have thousands. */
const LOOKED_AT = 64;
/** Bytes by which heads of like answers differ: addresses in them have more or fewer digits. */
const HEADS_DIFFER = 100;

/**
 * @typedef {object} Server
 * @property {string} base
 * @property {number[]} pids what they start counts with them
 *
 * @typedef {import('./wrk.mjs').Request & { body?: Buffer }} Asked what has to come; not given where only the status says it
 *
 * @typedef {object} Measured
 * @property {number} rate answers a second
 * @property {number} cost microseconds of a core for an answer
 */

/**
 * Requests that are measured again and again, each run from where the last one ended. Every answer is judged by its status
 * and all of them by their length; some are compared byte by byte.
 * @param {string} name
 * @param {Server} server
 * @param {string} file for the requests
 * @param {readonly Asked[]} requests
 * @param {object} [options]
 * @param {number} [options.status] that each has to have
 * @param {boolean} [options.isNew] nothing is asked for before it is measured
 */
export async function sequenceOf(name, server, file, requests, { status = 200, isNew = false } = {}) {
  await writeRequests(file, requests);
  const bodies = requests.map(({ body }) => body?.length ?? 0);
  const [shortest, longest] = [Math.min(...bodies), Math.max(...bodies)];
  let head = 0;
  let asked = 0;
  const wrong = (/** @type {string} */ what) => new Error(`${name}: ${what}`);

  return {
    name,
    /** Compares answers with what has to come, byte by byte. */
    async look() {
      const step = Math.ceil(requests.length / LOOKED_AT);
      const some = requests.filter((_, index) => index % step === 0);
      await inTurn(4, some, async ({ path, headers, body }) => {
        const answer = await ask(server.base, path, { headers });
        if (answer.status !== status) throw wrong(`${path} is answered with ${answer.status}, not ${status}`);
        if (body && !answer.body.equals(body))
          throw wrong(`${path} is answered with ${hash(answer.body)}, not ${hash(body)}`);
        head = lengthOf(answer) - (body?.length ?? 0);
      });
    },

    /** Asks for everything, so that what can be known of it is. */
    async warm() {
      if (isNew) return;
      // Twice: what nobody has asked for before is not kept at the first time.
      for (let began = asked; asked < began + 2 * requests.length;) await this.run(1);
    },

    /**
     * @param {number} seconds
     * @returns {Promise<Measured>} throws where an answer is not what has to come
     */
    async run(seconds) {
      const before = computed(server.pids);
      const load = await wrk(server.base, file, { seconds, first: asked });
      const spent = computed(server.pids) - before;
      asked += load.requests + CONNECTIONS;
      if (load.requests === 0 || load.broken > 0) throw wrong(`answers did not come: ${JSON.stringify(load)}`);
      const refused = status === 200 ? 0 : load.requests;
      if (load.refused !== refused)
        throw wrong(`${load.refused} of ${load.requests} answers have another status than 2xx`);
      const least = load.requests * (shortest + head - HEADS_DIFFER);
      const most = (load.requests + CONNECTIONS) * (longest + head + HEADS_DIFFER);
      if (load.bytes < least || load.bytes > most)
        throw wrong(`${load.requests} answers have ${load.bytes} bytes, not ${least} to ${most}`);
      return { rate: load.requests / load.seconds, cost: spent / load.requests };
    },
  };
}

/** @param {Buffer} body */
const hash = (body) => `${body.length} bytes, SHA-256 ${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;

/**
 * Bytes of an answer with its head, as it came.
 * @param {import('../../../test-support/ask.mjs').Answer} answer
 */
function lengthOf({ status, statusMessage, rawHeaders, body }) {
  const lines = [`HTTP/1.1 ${status} ${statusMessage}`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return lines.join('\r\n').length + 4 + body.length;
}
