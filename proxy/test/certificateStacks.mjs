// Stacks with certificates of an authority of their own; each is stopped after its test.
import { X509Certificate } from 'node:crypto';
import { afterEach } from 'node:test';
import { Authority } from '../../test-support/authority.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { until } from '../../test-support/until.mjs';
import { messageOf, startStack } from './stack.mjs';
import { servedSerial } from './tls.mjs';

/** @typedef {import('./certificateFiles.mjs').Issued} Issued */

/** For the authority, and for what a test needs besides. */
export const workshop = await temporaryFolder('authority');
export const authority = new Authority(workshop);

export const https = { VIRTUAL_HOST_PROTO: 'https' };
export const withEmail = { ...https, LETSENCRYPT_EMAIL: 'webmaster@example.org' };

/** @type {import('./stack.mjs').Stack[]} */
const running = [];
afterEach(async () => {
  for (const stack of running.splice(0)) await stack.stop();
});

/** @param {Parameters<typeof startStack>} how */
export async function start(...how) {
  const stack = await startStack(...how);
  running.push(stack);
  return stack;
}

/**
 * What a stack says that does not start.
 * @param {Parameters<typeof startStack>} how
 * @returns {Promise<string>} nothing if it starts
 */
export const refusal = (...how) => start(...how).then(() => '', messageOf);

export const serial = (/** @type {Issued} */ { certificate }) => new X509Certificate(certificate).serialNumber;

/**
 * @param {import('./stack.mjs').Stack} stack
 * @param {Issued} issued
 */
export const isServed = (stack, issued) =>
  until(
    'the certificate is served',
    async () => (await servedSerial(stack.tlsPort)) === serial(issued) && stack.settled(),
  );

/**
 * @param {import('./stack.mjs').Stack} stack
 * @param {RegExp} words
 */
export const isSaid = (stack, words) => until(`${words} in the log`, () => words.test(stack.words()));
