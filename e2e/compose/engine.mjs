import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const digilib = 'robcast/digilib:release-2.13.0';

/** Runs a command in the root of the repository; throws with what it wrote when it fails. */
export async function run(command, parameters, { env = process.env, minutes = 15 } = {}) {
  const options = { cwd: root, env, timeout: minutes * 60_000, maxBuffer: 64 * 1024 * 1024 };
  const { stdout, stderr } = await execute(command, parameters, options);
  return stdout + stderr;
}

/** Runs a command in a container. A status that is not 0 is an answer too. */
export function inContainer(id, command, { user = '' } = {}) {
  const asUser = user === '' ? [] : ['--user', String(user)];
  return run('docker', ['exec', ...asUser, id, ...command]).then(
    (text) => ({ status: 0, text }),
    (error) => {
      if (typeof error.code !== 'number') throw error;
      return { status: error.code, text: error.stdout + error.stderr };
    },
  );
}

const succeeds = (command, parameters) =>
  run(command, parameters).then(
    () => true,
    () => false,
  );

/** Whether there is a Docker engine with compose; starts one if this machine has the means for it beside the repository. */
export async function engine() {
  const ready = async () => (await succeeds('docker', ['info'])) && (await succeeds('docker', ['compose', 'version']));
  const starter = join(root, '../shared/docker/engine');
  if (await ready()) return true;
  if (!existsSync(starter)) return false;
  await run(starter, []);
  return ready();
}

/**
 * Sees to it that there is an image of digilib: the real one, or a stand-in that answers from recordings where it
 * cannot be pulled.
 * @returns {Promise<() => Promise<void>>} takes the stand-in away again
 */
export async function digilibImage() {
  const label = ['image', 'inspect', '--format', '{{index .Config.Labels "vitrine.stand-in"}}', digilib];
  const known = await run('docker', label).catch(() => undefined);
  if (known !== undefined && known.trim() === '') return async () => {};
  if (known === undefined && (await succeeds('docker', ['pull', '--quiet', digilib]))) return async () => {};
  const build = ['build', '--quiet', '--label', 'vitrine.stand-in=yes', '--tag', digilib];
  await run('docker', [...build, '--file', 'e2e/digilib-replay/Dockerfile', 'e2e']);
  // Another run may have taken it away already, or needs it still and will do so.
  return async () => void (await succeeds('docker', ['image', 'rm', digilib]));
}

/** Has tests leave nothing behind: at their end, and when they are told to stop before it. */
export function atEnd(tearDown) {
  after(tearDown);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void tearDown().finally(() => process.exit(1)));
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** One stack: a compose file of the repository in a project of its own, without anybody's .env. */
export class Stack {
  project = `vitrine-test-${process.pid}`;
  /** The `.env`. */
  settings = '/dev/null';
  #environment;
  #files;

  /**
   * @param {string | string[]} files compose files, as from the root of the repository
   * @param {number} port for http
   * @param {number} tlsPort for https
   */
  constructor(files, port, tlsPort) {
    const { PATH, HOME } = process.env;
    const docker = Object.entries(process.env).filter(([name]) => name.startsWith('DOCKER_'));
    this.#environment = {
      PATH,
      HOME,
      ...Object.fromEntries(docker),
      HTTP_PORT: String(port),
      HTTPS_PORT: String(tlsPort),
    };
    this.#files = [files].flat();
  }

  compose(...parameters) {
    return this.composeWith([], ...parameters);
  }

  /** With further compose files, as an operator has them in COMPOSE_FILE. */
  composeWith(more, ...parameters) {
    const files = [...this.#files, ...more].flatMap((file) => ['-f', file]);
    const base = ['compose', '--ansi', 'never', ...files, '--env-file', this.settings, '-p', this.project];
    return run('docker', [...base, ...parameters], { env: this.#environment });
  }

  /** What Docker knows about the container of a service, also of one that has stopped. */
  async container(service) {
    const id = (await this.compose('ps', '--all', '--quiet', service)).trim();
    return JSON.parse(await run('docker', ['inspect', id]))[0];
  }

  /** Sets a variable for the next `up`. */
  set(name, value) {
    this.#environment[name] = value;
  }

  /** The password that auth made up for its first administrator. */
  async password() {
    const log = await this.compose('logs', '--no-log-prefix', 'auth');
    const found = /^.*?\bpassword {2,}(\S+)\s*$/m.exec(log); // compose erases the line first, whatever it is told
    if (!found) throw new Error(`no password in the log of auth:\n${log}`);
    return found[1];
  }

  async down() {
    await this.compose('down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '5');
    // The one image that has a name in the compose file, and so counts as somebody's own.
    await run('docker', ['image', 'rm', '--force', `${this.project}-certbot`]);
  }
}
