import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';
import { until } from '../../test-support/until.mjs';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const digilib = 'robcast/digilib:release-2.13.0';

/**
 * How a command ended that failed.
 * @typedef {Error & {code: number | string | null, stdout: string, stderr: string}} Failure
 */

/**
 * What `docker inspect` says of a container, as far as the tests ask.
 * @typedef {object} Container
 * @property {string} Id
 * @property {string} Image
 * @property {{
 *   Status: string, ExitCode: number, OOMKilled: boolean, Error: string, Pid: number, Health: {Status: string},
 * }} State
 * @property {{
 *   Image: string, Entrypoint: string[] | null, Cmd: string[] | null, Labels: Record<string, string>,
 *   Healthcheck: {Test: string[], Interval: number, Timeout: number, Retries: number},
 * }} Config times in nanoseconds
 * @property {{
 *   Privileged: boolean, ReadonlyRootfs: boolean, PidMode: string, UTSMode: string, IpcMode: string,
 *   NetworkMode: string, CpuShares: number, Devices: unknown[] | null, LogConfig: unknown,
 * }} HostConfig
 * @property {{Source?: string}[]} Mounts
 * @property {{Networks: Record<string, {IPAddress: string}>}} NetworkSettings
 */

/**
 * Runs a command in the root of the repository.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{env?: NodeJS.ProcessEnv, minutes?: number}} [options]
 * @returns {Promise<string>} both its outputs; rejects with a {@link Failure} when it fails
 */
export async function run(command, parameters, { env = process.env, minutes = 15 } = {}) {
  const options = { cwd: root, env, timeout: minutes * 60_000, maxBuffer: 64 * 1024 * 1024 };
  const { stdout, stderr } = await execute(command, parameters, options);
  return stdout + stderr;
}

/** @param {string[]} parameters */
export const docker = (...parameters) => run('docker', parameters);

/**
 * Runs a command in a container. A status that is not 0 is an answer too.
 * @param {string} id
 * @param {readonly string[]} command
 * @param {{user?: number}} [options] `user`: as whom, if not as the container's own
 * @returns {Promise<{status: number, text: string}>}
 */
export async function inContainer(id, command, { user } = {}) {
  const asUser = user === undefined ? [] : ['--user', String(user)];
  try {
    return { status: 0, text: await docker('exec', ...asUser, id, ...command) };
  } catch (error) {
    const { code, stdout, stderr } = /** @type {Failure} */ (error);
    if (typeof code !== 'number') throw error;
    return { status: code, text: stdout + stderr };
  }
}

/**
 * Does something while nothing of a container runs. The kernel may be too busy to hold all its processes at once, and then
 * the engine gives up: it is asked again.
 * @template T
 * @param {string} id
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` returns
 */
export async function whilePaused(id, work) {
  await until(`the container ${id} is paused`, () =>
    docker('pause', id).then(
      () => true,
      (/** @type {unknown} */ error) => {
        if (!String(error).includes('unable to freeze')) throw error;
      },
    ),
  );
  try {
    return await work();
  } finally {
    await docker('unpause', id);
  }
}

/**
 * For a command that has to fail.
 * @param {Promise<string>} running
 * @returns {Promise<string>} what it wrote
 */
export async function refusal(running) {
  const { stdout, stderr } = await running.then(
    (text) => {
      throw new Error(`it did not fail: ${text}`);
    },
    (/** @type {unknown} */ error) => /** @type {Failure} */ (error),
  );
  return stdout + stderr;
}

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 */
const succeeds = (command, parameters) =>
  run(command, parameters).then(
    () => true,
    () => false,
  );

/**
 * Whether there is a Docker engine with compose; starts one if this machine has the means for it beside the repository.
 * @returns {Promise<boolean>}
 */
export async function engine() {
  const ready = async () => (await succeeds('docker', ['info'])) && (await succeeds('docker', ['compose', 'version']));
  const starter = join(root, '../shared/docker/engine');
  if (await ready()) return true;
  if (!existsSync(starter)) return false;
  // Several files of tests begin at once. The engine that is started lives on, so it must not inherit the lock.
  await run('flock', ['--close', starter, starter]);
  return ready();
}

/**
 * Sees to it that there is an image of digilib: the real one, or a stand-in that answers from recordings where it
 * cannot be pulled. Files of tests that run at once share the stand-in.
 * @returns {Promise<() => Promise<void>>} takes the stand-in away again, if nobody else needs it
 */
export async function digilibImage() {
  const label = ['image', 'inspect', '--format', '{{index .Config.Labels "vitrine.stand-in"}}', digilib];
  const known = await docker(...label).catch(() => undefined);
  if (known !== undefined && known.trim() === '') return async () => {};
  if (known === undefined && (await succeeds('docker', ['pull', '--quiet', digilib]))) return async () => {};
  // Docker removes no image that a container is made from: this one is never started.
  const holder = `vitrine-test-${process.pid}-digilib`;
  const hold = () => succeeds('docker', ['create', '--name', holder, digilib]);
  const build = ['build', '--quiet', '--label', 'vitrine.stand-in=yes', '--tag', digilib];
  do await docker(...build, '--file', 'e2e/digilib-replay/Dockerfile', 'e2e');
  while (!(await hold())); // whoever had it before has just taken it away
  return async () => {
    await docker('rm', '--force', holder);
    await succeeds('docker', ['image', 'rm', digilib]);
  };
}

/**
 * Has tests leave nothing behind: at their end, and when they are told to stop before it.
 * @param {() => Promise<void>} tearDown
 */
export function atEnd(tearDown) {
  after(tearDown);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void tearDown().finally(() => process.exit(1)));
}

/** One stack: a compose file of the repository in a project of its own, without anybody's .env. */
export class Stack {
  project = `vitrine-test-${process.pid}`;
  /** The `.env`. */
  settings = '/dev/null';
  /** @type {Record<string, string | undefined>} */
  #environment;
  #files;

  /**
   * @param {string | string[]} files compose files, as from the root of the repository
   * @param {number} port for http
   * @param {number} tlsPort for https
   * @param {string} name where a test has several stacks at a time
   */
  constructor(files, port, tlsPort, name = '') {
    const { PATH, HOME } = process.env;
    const ofDocker = Object.entries(process.env).filter(([variable]) => variable.startsWith('DOCKER_'));
    this.#environment = {
      PATH,
      HOME,
      ...Object.fromEntries(ofDocker),
      HTTP_PORT: String(port),
      HTTPS_PORT: String(tlsPort),
    };
    this.#files = [files, 'e2e/compose/quick.yml'].flat();
    this.project += name;
  }

  /** @param {string[]} parameters */
  compose(...parameters) {
    return this.composeWith([], ...parameters);
  }

  /**
   * With further compose files, as an operator has them in COMPOSE_FILE.
   * @param {readonly string[]} more
   * @param {string[]} parameters
   * @returns {Promise<string>} what it wrote; rejects with a {@link Failure} when it fails
   */
  async composeWith(more, ...parameters) {
    const files = [...this.#files, ...more].flatMap((file) => ['-f', file]);
    const base = ['compose', '--ansi', 'never', ...files, '--env-file', this.settings, '-p', this.project];
    try {
      return await run('docker', [...base, ...parameters], { env: this.#environment });
    } catch (error) {
      /** @type {Failure} */ (error).message += await this.#saidByHealthChecks().catch(String);
      throw error;
    }
  }

  /**
   * What Docker knows about the container of a service, also of one that has stopped.
   * @param {string} service
   * @returns {Promise<Container>}
   */
  async container(service) {
    return JSON.parse(await docker('inspect', await this.#idOf(service)))[0];
  }

  /**
   * Runs a command in the container of a service, as {@link inContainer}.
   * @param {string} service
   * @param {readonly string[]} command
   * @param {{user?: number}} [options]
   */
  async inside(service, command, options) {
    return inContainer(await this.#idOf(service), command, options);
  }

  /**
   * What a service has written, whatever is wrong with it.
   * @param {string} service
   * @returns {Promise<string[]>} its lines
   */
  async log(service) {
    const both = ['-c', 'exec docker logs "$0" 2>&1', await this.#idOf(service)];
    const text = (await run('sh', both)).trimEnd();
    return text === '' ? [] : text.split('\n');
  }

  /**
   * Sets a variable for the next `up`.
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    this.#environment[name] = value;
  }

  /** The password that auth made up for its first administrator. */
  async password() {
    const log = (await this.log('auth')).join('\n');
    const found = /^ +password +(\S+)$/m.exec(log)?.[1];
    if (found === undefined) throw new Error(`no password in the log of auth:\n${log}`);
    return found;
  }

  async down() {
    const down = () => this.compose('down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '5');
    // Docker refuses to remove a container that ends at this moment, and does so when it is asked again.
    await down().catch(down);
    // The one image that has a name in the compose file, and so counts as somebody's own.
    await docker('image', 'rm', '--force', `${this.project}-certbot`);
  }

  /** What the health checks of unhealthy containers found, which compose does not say. */
  async #saidByHealthChecks() {
    const label = `label=com.docker.compose.project=${this.project}`;
    const ids = (await docker('ps', '--quiet', '--filter', label, '--filter', 'health=unhealthy')).split('\n');
    const format = '{{.Name}}, started {{.State.StartedAt}}: {{json .State.Health.Log}}';
    const said = ids.filter(Boolean).map((id) => docker('inspect', '--format', format, id));
    return (await Promise.all(said)).join('');
  }

  /**
   * Asked of Docker itself: compose reads all its files first.
   * @param {string} service
   */
  async #idOf(service) {
    const labels = { project: this.project, service, oneoff: 'False' };
    const filters = Object.entries(labels).flatMap(([key, value]) => [
      '--filter',
      `label=com.docker.compose.${key}=${value}`,
    ]);
    const [id] = (await docker('ps', '--all', '--quiet', '--no-trunc', ...filters)).split('\n');
    if (!id) throw new Error(`${this.project} has no container of ${service}`);
    return id;
  }
}
