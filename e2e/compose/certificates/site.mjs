// A stack of the shipped compose files whose outside is the network of the tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../../test-support/until.mjs';
import { Stack } from '../engine.mjs';
import { servedCertificate, Visitor } from './visitor.mjs';

export const host = 'images.example.org';
export const admin = { email: 'admin@example.org', password: `the ${process.pid} of the tests` };

/** @typedef {Record<string, string>} Variables */

export class Site {
  /** @type {Stack | undefined} */
  #stack;
  /** @type {string[]} */
  files = [];
  folder = mkdtempSync(join(tmpdir(), 'vitrine-site-'));
  #outside;
  #ports;
  /** @type {Variables} */
  #variables = {};
  /** Names that lead to it. */
  static names = [host, 'maps.example.org', 'prints.example.org'];

  /**
   * @param {import('./outside.mjs').Outside} outside
   * @param {{port: number, tlsPort: number}} ports
   */
  constructor(outside, ports) {
    this.#outside = outside;
    this.#ports = ports;
  }

  /** What runs, or is to be; throws where nothing was said of it yet. */
  get stack() {
    if (!this.#stack) throw new Error('use() comes first');
    return this.#stack;
  }

  /**
   * Which compose files from now on, with which variables.
   * @param {string[]} files
   * @param {Variables} variables
   */
  use(files, variables) {
    const additional = this.compose('outside', {
      services: {
        proxy: { networks: { outside: { aliases: Site.names } } },
        certbot: {
          environment: { REQUESTS_CA_BUNDLE: '/authority/ca.crt' },
          volumes: [`${this.#outside.caFile}:/authority/ca.crt:ro`],
        },
      },
      networks: { outside: { external: true, name: this.#outside.network } },
    });
    const stack = new Stack([...files, additional], this.#ports.port, this.#ports.tlsPort);
    this.#variables = { VIRTUAL_HOST: host, VIRTUAL_HOST_PROTO: 'https', ...variables };
    const account = { AUTH_ADMIN_USERID: admin.email, AUTH_ADMIN_PASSWORD: admin.password };
    for (const [name, value] of Object.entries({ ...account, ...this.#variables })) stack.set(name, value);
    this.#stack = stack;
    this.files = files;
  }

  /**
   * The same files with other variables.
   * @param {Variables} variables
   */
  change(variables) {
    this.use(this.files, { ...this.#variables, ...variables });
  }

  /**
   * Writes an additional compose file.
   * @param {string} name
   * @param {string} text
   * @returns its path
   */
  write(name, text) {
    const file = join(this.folder, `${name}.yml`);
    writeFileSync(file, text);
    return file;
  }

  /**
   * @param {string} name
   * @param {object} content
   */
  compose(name, content) {
    return this.write(name, JSON.stringify(content)); // JSON is YAML
  }

  /** @param {string[]} more */
  up(...more) {
    return this.stack.compose('up', '--detach', '--wait', '--quiet-pull', ...more);
  }

  get port() {
    return this.#ports.port;
  }

  get tlsPort() {
    return this.#ports.tlsPort;
  }

  get host() {
    return this.#variables['VIRTUAL_HOST'] ?? host;
  }

  /** What stands before the path in every public address. */
  get base() {
    return `https://${this.host}:${this.tlsPort}`;
  }

  /**
   * @param {string} [ca] whom they trust, PEM; by plain http if not given
   * @param {Partial<import('./visitor.mjs').Way>} [more]
   */
  visitor(ca, more = {}) {
    const port = ca === undefined ? this.port : this.tlsPort;
    return new Visitor({ host: this.host, port, ca, ...more });
  }

  async serial() {
    return (await servedCertificate(this.host, this.tlsPort))?.serialNumber;
  }

  /** The serial number that ten connections in a row got: the workers of before a reload answer a moment longer. */
  async settledSerial() {
    const serial = await this.serial();
    for (let once = 1; once < 10; once++) if ((await this.serial()) !== serial) return undefined;
    return serial;
  }

  /** First and last moment of the certificate that is served, in milliseconds. */
  async validity() {
    const served = await servedCertificate(this.host, this.tlsPort);
    if (!served) throw new Error('no certificate is served');
    const { valid_from: from, valid_to: to } = served;
    return { from: Date.parse(from), to: Date.parse(to) };
  }

  /**
   * Waits for another certificate than that.
   * @param {string | undefined} old
   * @param {number} [seconds] the limit
   * @returns its serial number
   */
  serialOtherThan(old, seconds = 180) {
    const other = async () => {
      const serial = await this.settledSerial();
      return serial !== old && serial;
    };
    return until(`another certificate than ${old}`, other, seconds);
  }

  /**
   * @param {string} service
   * @param {RegExp} pattern
   * @param {number} [from] the index of a line
   * @param {number} [seconds] the limit
   * @returns the first line of the service that matches, from the given one on
   */
  line(service, pattern, from = 0, seconds = 180) {
    const found = async () => (await this.stack.log(service)).slice(from).find((line) => pattern.test(line));
    return until(`${pattern} in the log of ${service}`, found, seconds);
  }

  tryNow() {
    return this.stack.compose('exec', '-T', 'certbot', 'try-now');
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}
