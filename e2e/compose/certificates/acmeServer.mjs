import { get } from 'node:https';
import { until } from '../../support/until.mjs';
import { run } from '../engine.mjs';

const docker = (...parameters) => run('docker', parameters);

/** Debian's pebble, in a container. */
export class AcmeServer {
  #ca;
  #configure;

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

  /** From now on it issues nothing for a name. It has forgotten all accounts besides, as a staging server does. */
  async refuse(host) {
    this.#configure([host]);
    await docker('restart', '--time', '0', this.container);
    await this.answers();
  }

  /** The root of what it issues, PEM. */
  async root() {
    const port = /:(\d+)\s*$/.exec(await docker('port', this.container, '15000/tcp'))[1];
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/roots/0', servername: this.name, ca: this.#ca, agent: false };
      get(options, async (answer) => resolve((await answer.setEncoding('utf8').toArray()).join(''))).on(
        'error',
        reject,
      );
    });
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

  pause() {
    return docker('pause', this.container);
  }

  unpause() {
    return docker('unpause', this.container);
  }

  /** A command in its container: somebody else on the outside. @returns what it printed */
  execute(...command) {
    return docker('exec', this.container, ...command);
  }
}
