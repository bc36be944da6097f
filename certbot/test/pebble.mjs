// Debian's pebble, an ACME server for tests, with its own root and a DNS in which every name is this machine.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../../test-support/ask.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { until } from '../../test-support/until.mjs';

/**
 * What certbot has to know of an ACME server.
 * @typedef {object} AcmeServer
 * @property {string} directory address of the ACME directory, https
 * @property {string} caFile PEM: what signed the server's own https, for REQUESTS_CA_BUNDLE
 */

/**
 * @typedef {object} PebbleOptions
 * @property {number} [validity] of the certificates that it issues, in seconds
 * @property {string[]} [blocked] names for which it refuses to issue
 */

/** @typedef {Awaited<ReturnType<typeof startPebble>>} Pebble */

/**
 * Starts pebble on free ports.
 * @param {PebbleOptions & {httpPort: number}} options `httpPort` of 127.0.0.1 is where it asks for a challenge, whatever the
 *   host name
 */
export async function startPebble({ httpPort, validity = 90 * 86_400, blocked = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine pebble-'));
  const { certificate, key } = selfSigned(folder);
  const acmePort = await freePort();
  const managementPort = await freePort();
  const dnsPort = await freePort();
  const dnsManagementPort = await freePort();
  const tlsPort = await freePort();
  const settings = {
    listenAddress: `127.0.0.1:${acmePort}`,
    managementListenAddress: `127.0.0.1:${managementPort}`,
    certificate,
    privateKey: key,
    httpPort,
    tlsPort,
    certificateValidityPeriod: validity,
    domainBlocklist: blocked,
  };
  const config = join(folder, 'pebble.json');
  writeFileSync(config, JSON.stringify({ pebble: settings }));

  const log = join(folder, 'log');
  const output = openSync(log, 'a');
  const start = (/** @type {string} */ command, /** @type {string[]} */ options) => {
    const environment = {
      PATH: process.env.PATH,
      PEBBLE_VA_NOSLEEP: '1',
      PEBBLE_WFE_NONCEREJECT: '0',
      PEBBLE_AUTHZREUSE: '0',
    };
    const child = spawn(command, options, { env: environment, stdio: ['ignore', output, output] });
    return { child, ended: new Promise((resolve) => child.once('exit', resolve).once('error', resolve)) };
  };
  const dns = `127.0.0.1:${dnsPort}`;
  const listeners = ['-http01', '', '-https01', '', '-tlsalpn01', '', '-defaultIPv4', '127.0.0.1', '-defaultIPv6', ''];
  const started = [
    start('pebble-challtestsrv', ['-dns01', dns, '-management', `127.0.0.1:${dnsManagementPort}`, ...listeners]),
    start('pebble', ['-config', config, '-dnsserver', dns]),
  ];
  closeSync(output);

  const connection = { ca: readFileSync(certificate) };
  const read = async (/** @type {number} */ port, /** @type {string} */ path) =>
    (await ask(`https://127.0.0.1:${port}`, path, { connection })).text;
  const pebble = {
    directory: `https://127.0.0.1:${acmePort}/dir`,
    caFile: certificate,
    /** PEM: the root of what it issues; another one each time it starts. */
    roots: () => read(managementPort, '/roots/0'),
    /** How many it has seen. */
    orders: () => readFileSync(log, 'utf8').split('Added order').length - 1,
    async stop() {
      for (const { child } of started) child.kill('SIGKILL'); // it keeps everything in memory
      await Promise.all(started.map(({ ended }) => ended));
      rmSync(folder, { recursive: true });
    },
  };
  try {
    await until('pebble to answer', () => {
      if (started.some(({ child }) => child.exitCode !== null)) throw new Error(readFileSync(log, 'utf8'));
      return read(acmePort, '/dir').catch(() => false);
    });
  } catch (error) {
    await pebble.stop();
    throw error;
  }
  return pebble;
}

/**
 * A certificate for 127.0.0.1 that is its own root.
 * @param {string} folder
 * @returns the files `certificate` and `key`, PEM
 */
export function selfSigned(folder) {
  const certificate = join(folder, 'https.crt');
  const key = join(folder, 'https.key');
  const options = '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=acme-test -addext subjectAltName=IP:127.0.0.1';
  execFileSync('openssl', ['req', ...options.split(' '), '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { certificate, key };
}
