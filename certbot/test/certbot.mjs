// certbot/start as it is, in folders of its own, beside a small web server for the challenges.
import { spawn } from 'node:child_process';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../test-support/command.mjs';
import { descendants, killAll, pidOf } from '../../test-support/processes.mjs';
import { close, listen } from '../../test-support/servers.mjs';
import { until } from '../../test-support/until.mjs';

/** Limit for what certbot does: its start alone takes long where the machine has much to do. */
export const SECONDS = 60;
const scripts = join(import.meta.dirname, '..');

/** @typedef {Record<string, string | undefined>} Settings variables of the environment */

/** Folders and settings for certbot/start, which `start` runs. */
export class Certbot {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;
  /** @type {Promise<number | null>} its exit status; null after a signal */
  ended = Promise.resolve(null);

  /**
   * @param {import('./pebble.mjs').AcmeServer} [acme]
   * @param {Settings} [settings]
   */
  constructor(acme, settings = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'vitrine certbot-'));
    const of = (/** @type {string} */ name) => join(this.folder, name);
    for (const name of ['state', 'challenges', 'certificates', 'own']) mkdirSync(of(name));
    this.logFile = of('log');
    const environment = {
      PATH: process.env.PATH,
      VIRTUAL_HOST: 'images.example.org',
      VIRTUAL_HOST_PROTO: 'https',
      LETSENCRYPT_EMAIL: 'webmaster@example.org',
      ACME_DIRECTORY: acme?.directory ?? '',
      REQUESTS_CA_BUNDLE: acme?.caFile,
      STATE_DIR: of('state'),
      CHALLENGE_DIR: of('challenges'),
      CERTIFICATE_DIR: of('certificates'),
      OWN_DIR: of('own'),
      LOOK_EVERY: '0.2',
    };
    this.environment = Object.assign(environment, settings);
  }

  /** The folder of certbot's own state for the ACME server. */
  get home() {
    const { ACME_DIRECTORY, STATE_DIR } = this.environment;
    return join(STATE_DIR, ACME_DIRECTORY.slice('https://'.length).replaceAll(/[^A-Za-z0-9.-]/g, '_'));
  }

  installed(host = this.environment.VIRTUAL_HOST) {
    return join(this.environment.CERTIFICATE_DIR, `${host}.pem`);
  }

  /** The process of certbot/start. */
  get process() {
    if (this.#process === undefined) throw new Error('certbot/start was not started');
    return this.#process;
  }

  /**
   * Starts the loop; with other settings than before where given.
   * @param {Settings} [settings]
   */
  start(settings = {}) {
    Object.assign(this.environment, settings);
    const log = openSync(this.logFile, 'a');
    const child = spawn(join(scripts, 'start'), { env: this.environment, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#process = child;
    this.ended = new Promise((resolve) => child.once('exit', resolve));
  }

  /** Ends it as `docker stop` does. @returns its exit status */
  stop() {
    this.process.kill('SIGTERM');
    return this.ended;
  }

  /** Kills it and everything it has started at one blow, as a power cut does. */
  async kill() {
    const all = this.processes();
    killAll(all);
    await this.ended;
    await until('the killed to be gone', () => !all.some((pid) => existsSync(`/proc/${pid}`)));
  }

  /** Process ids of the loop and of all that it has started. */
  processes() {
    const pid = pidOf(this.process);
    return [pid, ...descendants(pid).map((child) => child.pid)];
  }

  /**
   * Runs one of the small commands.
   * @param {'healthy' | 'try-now'} command
   * @returns {Promise<{status: number | null, output: string}>} its exit status and what it printed
   */
  async run(command) {
    const { code, text } = await runCommand(join(scripts, command), [], { env: this.environment });
    return { status: code, output: text };
  }

  lines() {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').trimEnd().split('\n').filter(Boolean) : [];
  }

  /**
   * @param {RegExp} pattern
   * @returns {Promise<string>} the first line that matches, once it is there
   */
  line(pattern) {
    return until(
      `${pattern} among\n${this.lines().join('\n')}`,
      () => this.lines().find((line) => pattern.test(line)),
      SECONDS,
    );
  }

  /**
   * @param {(found: Installed) => boolean} [condition]
   * @returns {Promise<Installed>} the installed file, once there is one for which the condition holds
   */
  certificate(condition = () => true) {
    return until(
      'a certificate',
      () => {
        if (!existsSync(this.installed())) return undefined;
        const found = read(this.installed());
        return condition(found) && found;
      },
      SECONDS,
    ).catch((/** @type {unknown} */ error) => {
      throw new Error(`${String(error)}; log:\n${this.lines().join('\n')}`);
    });
  }

  /** Kills it if a test left it running. */
  async end() {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await this.kill();
  }

  async remove() {
    await this.end();
    rmSync(this.folder, { recursive: true });
  }
}

/**
 * A PEM file with key and chain.
 * @typedef {object} Installed
 * @property {string} text all of it
 * @property {import('node:crypto').KeyObject} key
 * @property {X509Certificate} leaf
 * @property {X509Certificate[]} chain leaf first
 */

/**
 * @param {string} file
 * @returns {Installed}
 */
export function read(file) {
  const text = readFileSync(file, 'utf8');
  const chain = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/g) ?? [];
  const certificates = chain.map((pem) => new X509Certificate(pem));
  return { text, key: createPrivateKey(text), leaf: certificates[0], chain: certificates };
}

/**
 * @typedef {object} Challenges
 * @property {Certbot | undefined} certbot whose challenges are served; without one nothing is there
 * @property {string[]} asked the path of each request
 * @property {boolean} hold whether requests wait for ever
 * @property {number} port
 * @property {() => Promise<void>} stop
 */

/**
 * Serves the challenges of one certbot after another.
 * @returns {Promise<Challenges>}
 */
export async function startChallenges() {
  const server = createServer(({ url = '' }, response) => {
    challenges.asked.push(url);
    if (challenges.hold) return;
    const file = join(challenges.certbot?.environment.CHALLENGE_DIR ?? '/nonexistent', url);
    if (!url.startsWith('/.well-known/acme-challenge/') || !existsSync(file)) response.writeHead(404).end();
    else response.end(readFileSync(file));
  });
  /** @type {Challenges} */
  const challenges = {
    certbot: undefined,
    asked: [],
    hold: false,
    port: await listen(server),
    stop: () => close(server),
  };
  return challenges;
}

/**
 * A clock that a test sets, for a certbot that is started with `settings`. bash reads BASH_ENV before the script: unset,
 * EPOCHSECONDS is a variable like any other, and is read before each command.
 * @param {string} folder
 */
export function clockIn(folder) {
  const [clock, looks, setUp] = ['clock', 'clock.looks', 'clock.sh'].map((name) => join(folder, name));
  const read = `read -r EPOCHSECONDS <"${clock}"; printf . >>"${looks}"`;
  writeFileSync(setUp, `unset EPOCHSECONDS; set -o functrace; trap '${read}' DEBUG\n`);
  writeFileSync(looks, '');
  return {
    settings: { BASH_ENV: setUp },
    /** @param {number} time seconds since 1970 */
    set(time) {
      writeFileSync(`${clock}.new`, `${time}\n`);
      renameSync(`${clock}.new`, clock);
    },
    /** How many commands have been run by it. */
    looks: () => statSync(looks).size,
  };
}
