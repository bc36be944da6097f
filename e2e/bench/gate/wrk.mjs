import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../../test-support/command.mjs';
import { cores } from './cores.mjs';

/** Of viewers: some readers, each with a few connections. */
export const CONNECTIONS = 32;

/**
 * @typedef {object} Request
 * @property {string} path
 * @property {Record<string, string>} [headers]
 *
 * @typedef {object} Load
 * @property {number} requests that were answered
 * @property {number} bytes that came, heads among them
 * @property {number} seconds
 * @property {number} refused answers of a status other than 2xx and 3xx
 * @property {number} broken connections, and answers that did not come
 * @property {number} p99 milliseconds
 */

/** @param {Request} request */
const line = ({ path, headers = {} }) =>
  [path, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\t');

/**
 * Keeps requests for wrk.
 * @param {string} file
 * @param {readonly Request[]} requests
 */
export async function writeRequests(file, requests) {
  await writeFile(file, `${requests.map(line).join('\n')}\n`);
}

/**
 * Asks for the requests of a file, one after the other and again from its beginning, from a core of its own.
 * @param {string} base
 * @param {string} file
 * @param {object} options
 * @param {number} options.seconds
 * @param {number} [options.first] the number of the request to begin with
 * @param {number} [options.connections]
 * @returns {Promise<Load>}
 */
export async function wrk(base, file, { seconds, first = 0, connections = CONNECTIONS }) {
  // It counts whole seconds, and does not know less than one.
  const duration = `${Math.max(1, Math.round(seconds))}s`;
  const numbers = ['-t1', `-c${connections}`, `-d${duration}`, '--timeout', '10s'];
  const script = ['-s', join(import.meta.dirname, 'wrk.lua'), base, '--', file, String(first)];
  const output = await mustRun('taskset', ['-c', cores.client, 'wrk', ...numbers, ...script], {
    seconds: seconds + 60,
  });
  const [, result = ''] = /^result (.*)$/m.exec(output.toString()) ?? [];
  if (result === '') throw new Error(`wrk says no result:\n${output.toString()}`);
  return JSON.parse(result);
}
