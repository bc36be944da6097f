// ACME servers in containers, in a network of their own that a stack takes for the outside.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../../test-support/authority.mjs';
import { docker } from '../engine.mjs';
import { AcmeServer } from './acmeServer.mjs';

/** The outside: a network, and the ACME servers in it. */
export class Outside {
  network = `vitrine-test-${process.pid}-outside`;
  image = `vitrine-test-${process.pid}-pebble`;
  #folder = mkdtempSync(join(tmpdir(), 'vitrine-acme-'));
  #authority = new Authority(join(this.#folder, 'authority'));
  /** @type {AcmeServer[]} */
  #servers = [];

  /** Who signed the https of the ACME servers: a file for REQUESTS_CA_BUNDLE, readable for everybody. */
  caFile = join(this.#folder, 'ca.crt');

  async open() {
    chmodSync(this.#folder, 0o755);
    writeFileSync(this.caFile, this.#authority.pem);
    await docker('build', '--quiet', '--tag', this.image, import.meta.dirname);
    await docker('network', 'create', this.network);
  }

  /**
   * Starts an ACME server. It asks for challenges at the proxy's own port, since that is where names of the network lead.
   * @param {string} name under which it is reached
   * @param {number} validity of what it issues, in seconds
   * @returns {Promise<AcmeServer>}
   */
  async start(name, validity = 90 * 86_400) {
    const folder = join(this.#folder, name);
    mkdirSync(folder);
    const { certificate, key } = this.#authority.issue({ host: name });
    writeFileSync(join(folder, 'https.crt'), certificate);
    writeFileSync(join(folder, 'https.key'), key);
    const settings = (/** @type {string[]} */ domainBlocklist) => ({
      listenAddress: '0.0.0.0:14000',
      managementListenAddress: '0.0.0.0:15000',
      certificate: '/acme/https.crt',
      privateKey: '/acme/https.key',
      httpPort: 8080,
      tlsPort: 8443,
      certificateValidityPeriod: validity,
      domainBlocklist,
    });
    const configure = (/** @type {string[]} */ blocked) => {
      writeFileSync(join(folder, 'pebble.json'), JSON.stringify({ pebble: settings(blocked) }));
    };
    configure([]);

    const container = `vitrine-test-${process.pid}-${name}`;
    const variables = ['PEBBLE_VA_NOSLEEP=1', 'PEBBLE_WFE_NONCEREJECT=0', 'PEBBLE_AUTHZREUSE=0'];
    const options = ['--network', this.network, '--network-alias', name, '--volume', `${folder}:/acme:ro`];
    options.push(...variables.flatMap((variable) => ['--env', variable]), '--publish', '127.0.0.1::15000');
    await docker('run', '--detach', '--name', container, ...options, this.image, '-config', '/acme/pebble.json');
    const server = new AcmeServer(name, container, this.#authority.pem, configure);
    this.#servers.push(server);
    await server.answers();
    return server;
  }

  async close() {
    for (const { container } of this.#servers) await docker('rm', '--force', '--volumes', container);
    await docker('network', 'rm', this.network);
    await docker('image', 'rm', '--force', this.image);
    rmSync(this.#folder, { recursive: true });
  }
}
