// A stack of the shipped compose files whose outside is the network of the tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until.mjs';
import { run, Stack } from '../engine.mjs';
import { servedCertificate, Visitor } from './visitor.mjs';

export const host = 'images.example.org';
export const admin = { email: 'admin@example.org', password: `the ${process.pid} of the tests` };

export class Site {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-site-'));
  #outside;
  #ports;
  #variables;
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

  /** Which compose files from now on, with which variables. */
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
    this.stack = new Stack([...files, additional], this.#ports.port, this.#ports.tlsPort);
    this.#variables = { VIRTUAL_HOST: host, VIRTUAL_HOST_PROTO: 'https', ...variables };
    const account = { AUTH_ADMIN_USERID: admin.email, AUTH_ADMIN_PASSWORD: admin.password };
    for (const [name, value] of Object.entries({ ...account, ...this.#variables })) this.stack.set(name, value);
    this.files = files;
  }

  /** The same files with other variables. */
  change(variables) {
    this.use(this.files, { ...this.#variables, ...variables });
  }

  /** Writes an additional compose file. @returns its path */
  write(name, text) {
    const file = join(this.folder, `${name}.yml`);
    writeFileSync(file, text);
    return file;
  }

  compose(name, content) {
    return this.write(name, JSON.stringify(content)); // JSON is YAML
  }

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
    return this.#variables.VIRTUAL_HOST;
  }

  /** What stands before the path in every public address. */
  get base() {
    return `https://${this.host}:${this.tlsPort}`;
  }

  visitor(ca, more = {}) {
    const port = ca === undefined ? this.port : this.tlsPort;
    return new Visitor({ host: this.host, port, ca, ...more });
  }

  async serial() {
    return (await servedCertificate(this.host, this.tlsPort))?.serialNumber;
  }

  /** First and last moment of the certificate that is served, in milliseconds. */
  async validity() {
    const { valid_from: from, valid_to: to } = await servedCertificate(this.host, this.tlsPort);
    return { from: Date.parse(from), to: Date.parse(to) };
  }

  /** Waits for another certificate than that. @returns its serial number */
  serialOtherThan(old, seconds = 60) {
    const other = async () => {
      const serial = await this.serial();
      return serial !== old && serial;
    };
    return until(`another certificate than ${old}`, other, seconds);
  }

  /** The lines that a service has written, of all its containers so far that are there. */
  async log(service) {
    const text = await this.stack.compose('logs', '--no-log-prefix', '--no-color', service);
    return text.replaceAll('\u001b[2K', '').trim().split('\n'); // compose erases lines, whatever it is told
  }

  /** @returns the first line of the service that matches, from the given one on */
  line(service, pattern, from = 0, seconds = 60) {
    const found = async () => (await this.log(service)).slice(from).find((line) => pattern.test(line));
    return until(`${pattern} in the log of ${service}`, found, seconds);
  }

  tryNow() {
    return this.stack.compose('exec', '-T', 'certbot', 'try-now');
  }

  async container(service) {
    const [id] = (await this.stack.compose('ps', '--all', '--quiet', service)).trim().split('\n');
    return JSON.parse(await run('docker', ['inspect', id]))[0];
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}
