// Debian's pebble, an ACME server for tests, with its own root and a DNS in which every name is this machine.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Starts pebble on free ports. It asks for a challenge on `httpPort` of 127.0.0.1, whatever the host name.
 * @param validity of the certificates that it issues, in seconds
 * @param blocked names for which it refuses to issue
 * @returns `directory` (the address of the ACME directory, https), `caFile` (PEM: who signed pebble's own https, for
 *   REQUESTS_CA_BUNDLE), `roots()` (PEM: the root of what it issues; another one each time it starts), `orders()` (how
 *   many it has seen), `stop()`
 */
export async function startPebble({ httpPort, validity = 90 * 86_400, blocked = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine pebble-'));
  const { certificate, key } = selfSigned(folder);
  const [acmePort, managementPort, dnsPort, dnsManagementPort, tlsPort] = await freePorts(5);
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
  const start = (command, options) => {
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

  const ask = (port, path) => fetchText(`https://127.0.0.1:${port}${path}`, readFileSync(certificate));
  const pebble = {
    directory: `https://127.0.0.1:${acmePort}/dir`,
    caFile: certificate,
    roots: () => ask(managementPort, '/roots/0'),
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
      return ask(acmePort, '/dir').catch(() => false);
    });
  } catch (error) {
    await pebble.stop();
    throw error;
  }
  return pebble;
}

/** A certificate for 127.0.0.1 that is its own root. @returns the files `certificate` and `key`, PEM */
export function selfSigned(folder) {
  const certificate = join(folder, 'https.crt');
  const key = join(folder, 'https.key');
  const options = '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=acme-test -addext subjectAltName=IP:127.0.0.1';
  execFileSync('openssl', ['req', ...options.split(' '), '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { certificate, key };
}

/** Polls until the condition holds, twenty seconds at most. @returns what the condition returned */
export async function until(what, condition) {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const result = await condition();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function fetchText(url, ca) {
  return new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, async (response) => {
      const chunks = await response.setEncoding('utf8').toArray();
      resolve(chunks.join(''));
    }).on('error', reject);
  });
}
