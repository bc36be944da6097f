// certbot/start as it is, in folders of its own, beside a small web server for the challenges.
import { spawn } from 'node:child_process';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './pebble.mjs';

const scripts = join(import.meta.dirname, '..');

/** Folders and settings for certbot/start, which `start` runs. `acme` is what startPebble gives, or a stand-in. */
export class Room {
  constructor(acme, settings = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'vitrine certbot-'));
    const of = (name) => join(this.folder, name);
    for (const name of ['state', 'challenges', 'certificates', 'own']) mkdirSync(of(name));
    this.logFile = of('log');
    this.environment = {
      PATH: process.env.PATH,
      VIRTUAL_HOST: 'images.example.org',
      VIRTUAL_HOST_PROTO: 'https',
      LETSENCRYPT_EMAIL: 'webmaster@example.org',
      ACME_DIRECTORY: acme?.directory,
      REQUESTS_CA_BUNDLE: acme?.caFile,
      STATE_DIR: of('state'),
      CHALLENGE_DIR: of('challenges'),
      CERTIFICATE_DIR: of('certificates'),
      OWN_DIR: of('own'),
      LOOK_EVERY: '0.2',
      ...settings,
    };
  }

  /** The folder of certbot's own state for the ACME server. */
  get home() {
    const { ACME_DIRECTORY, STATE_DIR } = this.environment;
    return join(STATE_DIR, ACME_DIRECTORY.slice('https://'.length).replaceAll(/[^A-Za-z0-9.-]/g, '_'));
  }

  installed(host = this.environment.VIRTUAL_HOST) {
    return join(this.environment.CERTIFICATE_DIR, `${host}.pem`);
  }

  /** Starts the loop; with other settings than before where given. */
  start(settings = {}) {
    Object.assign(this.environment, settings);
    const log = openSync(this.logFile, 'a');
    this.process = spawn(join(scripts, 'start'), { env: this.environment, stdio: ['ignore', log, log] });
    closeSync(log);
    this.ended = new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
  }

  /** Ends it as `docker stop` does. @returns its exit status */
  stop() {
    this.process.kill('SIGTERM');
    return this.ended;
  }

  /** Kills it and everything it has started at one blow, as a power cut does. */
  async kill() {
    const all = this.processes();
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await this.ended;
    await until('the killed to be gone', () => !all.some((pid) => existsSync(`/proc/${pid}`)));
  }

  /** Process ids of the loop and of all that it has started. */
  processes() {
    return descendants(this.process.pid);
  }

  /** Runs one of the small commands. @returns its exit status and what it printed */
  async run(command) {
    const child = spawn(join(scripts, command), { env: this.environment });
    const [output, errors, status] = await Promise.all([
      child.stdout.setEncoding('utf8').toArray(),
      child.stderr.setEncoding('utf8').toArray(),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    return { status, output: [...output, ...errors].join('') };
  }

  lines() {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').trimEnd().split('\n').filter(Boolean) : [];
  }

  /** @returns the first line that matches, once it is there */
  line(pattern) {
    return until(`${pattern} among\n${this.lines().join('\n')}`, () => this.lines().find((line) => pattern.test(line)));
  }

  /** @returns the installed file, once there is one for which the condition holds */
  certificate(condition = () => true) {
    return until('a certificate', () => {
      if (!existsSync(this.installed())) return undefined;
      const found = read(this.installed());
      return condition(found) && found;
    }).catch((error) => {
      throw new Error(`${error.message}; log:\n${this.lines().join('\n')}`);
    });
  }

  /** Kills it if a test left it running. */
  async end() {
    if (this.process?.exitCode === null && this.process.signalCode === null) await this.kill();
  }

  async remove() {
    await this.end();
    rmSync(this.folder, { recursive: true });
  }
}

/** @returns the pieces of a PEM file with key and chain: `key`, `leaf`, `chain` (leaf first) */
export function read(file) {
  const text = readFileSync(file, 'utf8');
  const chain = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n/g) ?? [];
  const certificates = chain.map((pem) => new X509Certificate(pem));
  return { text, key: createPrivateKey(text), leaf: certificates[0], chain: certificates };
}

/** Serves the challenges of one room after another. `room` may be changed; without one nothing answers. */
export async function startChallenges() {
  const challenges = { room: undefined, asked: [], hold: false };
  const server = createServer((request, response) => {
    challenges.asked.push(request.url);
    if (challenges.hold) return;
    const file = join(challenges.room?.environment.CHALLENGE_DIR ?? '/nonexistent', request.url);
    if (!request.url.startsWith('/.well-known/acme-challenge/') || !existsSync(file)) response.writeHead(404).end();
    else response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  challenges.port = server.address().port;
  challenges.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return challenges;
}

function descendants(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap((child) => descendants(child))];
}
