// What an operator does in proxy/certs, in a folder that takes its place: files with an owner, which needs root.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority } from '../../../test-support/authority.mjs';
import { docker } from '../engine.mjs';
import { host } from './site.mjs';

export class OwnCertificates {
  #folder;
  #authority;
  #image;

  /**
   * @param {import('./site.mjs').Site} site
   * @param {string} image any image with a shell
   */
  constructor(site, image) {
    this.#folder = join(site.folder, 'own');
    this.#image = image;
    mkdirSync(join(this.#folder, 'certs'), { recursive: true });
    chmodSync(join(this.#folder, 'certs'), 0o755);
    this.#authority = new Authority(join(site.folder, 'authority'));
    const volumes = [`${join(this.#folder, 'certs')}:/certs:ro`];
    this.composeFile = site.compose('own', { services: { proxy: { volumes }, certbot: { volumes } } });
  }

  /** PEM: who issues them. */
  get ca() {
    return this.#authority.pem;
  }

  issue() {
    return this.#authority.issue({ host });
  }

  /** Puts a new pair there. @returns it, PEM texts */
  async put({ owner = 33, mode = '400' } = {}) {
    const issued = this.issue();
    writeFileSync(join(this.#folder, 'new.crt'), issued.certificate);
    writeFileSync(join(this.#folder, 'new.key'), issued.key);
    const install = (/** @type {'crt' | 'key'} */ kind) =>
      `install -o ${owner} -g ${owner} -m ${mode} /own/new.${kind} /own/certs/${host}.${kind}`;
    // The proxy looks whenever it likes: what it must not take is there first.
    await this.#asRoot(`${install('key')} && ${install('crt').replace('-m 600', '-m 644')}`);
    return issued;
  }

  remove() {
    return this.#asRoot(`rm /own/certs/${host}.*`);
  }

  /** @param {string} name */
  async imageId(name) {
    return (await docker('image', 'inspect', '--format', '{{.Id}}', name)).trim();
  }

  /** @param {string} script for a shell */
  async #asRoot(script) {
    const options = ['--rm', '--volume', `${this.#folder}:/own`, '--entrypoint', 'sh'];
    await docker('run', ...options, this.#image, '-c', script);
  }
}
