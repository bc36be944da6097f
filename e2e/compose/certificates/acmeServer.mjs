import { ask } from '../../../test-support/ask.mjs';
import { until } from '../../../test-support/until.mjs';
import { docker, whilePaused } from '../engine.mjs';

/** Debian's pebble, in a container. */
export class AcmeServer {
  #ca;
  #configure;

  /**
   * @param {string} name under which it is reached
   * @param {string} container
   * @param {string} ca root of its own https, PEM
   * @param {(blocked: string[]) => void} configure writes its settings, for its next start
   */
  constructor(name, container, ca, configure) {
    this.name = name;
    this.container = container;
    this.directory = `https://${name}:14000/dir`;
    this.#ca = ca;
    this.#configure = configure;
  }

  answers() {
    return until(`an answer of ${this.name}`, () => this.root().catch(() => undefined));
  }

  /**
   * From now on it issues nothing for a name. It has forgotten all accounts besides, as a staging server does.
   * @param {string} host
   */
  async refuse(host) {
    this.#configure([host]);
    await docker('restart', '--time', '0', this.container);
    await this.answers();
  }

  /**
   * The root of what it issues, PEM.
   * @returns {Promise<string>}
   */
  async root() {
    const port = /:(\d+)\s*$/.exec(await docker('port', this.container, '15000/tcp'))?.[1];
    const connection = { servername: this.name, ca: this.#ca };
    return (await ask(`https://127.0.0.1:${port}`, '/roots/0', { connection })).text;
  }

  /** How many orders it has had. */
  async orders() {
    return (await docker('logs', this.container)).split('Added order').length - 1;
  }

  /** Its address in the network. */
  async address() {
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    return (await docker('inspect', '--format', format, this.container)).trim();
  }

  /**
   * @template T
   * @param {() => Promise<T>} work done while it answers nobody
   */
  whilePaused(work) {
    return whilePaused(this.container, work);
  }

  /**
   * A command in its container: somebody else on the outside.
   * @param {string[]} command
   * @returns what it printed
   */
  execute(...command) {
    return docker('exec', this.container, ...command);
  }
}
