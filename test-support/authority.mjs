// An issuer of certificates, made by openssl, that gives whatever a test wants.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const openssl = (/** @type {string[]} */ ...parameters) =>
  execFileSync('openssl', parameters, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

export class Authority {
  /** @param {string} folder where it keeps its files; made if it is not there */
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.certificate = join(folder, 'ca.crt');
    this.key = join(folder, 'ca.key');
    const name = ['-subj', '/CN=Authority of the tests', '-days', '30'];
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...name, '-keyout', this.key, '-out', this.certificate);
  }

  get pem() {
    return readFileSync(this.certificate, 'utf8');
  }

  /**
   * @param {object} [options]
   * @param {string} [options.host] the name it is for
   * @param {string[]} [options.kind] of key, in the words of `openssl genpkey`
   * @param {readonly [string, string]} [options.between] first and last moment, as openssl writes them (YYYYMMDDHHMMSSZ)
   * @param {string} [options.ocsp] address of an OCSP responder to be named in it
   * @returns {{ certificate: string, key: string }} PEM texts; the certificate with its issuer's
   */
  issue({ host = 'images.example.org', kind = ec, between = year(), ocsp } = {}) {
    const file = (/** @type {string} */ name) => join(this.folder, name);
    writeFileSync(file('index'), '');
    const extensions = [`subjectAltName=DNS:${host}`];
    if (ocsp) extensions.push(`authorityInfoAccess=OCSP;URI:${ocsp}`);
    const policy = 'commonName=optional';
    writeFileSync(
      file('conf'),
      `[ca]\ndefault_ca=a\n[a]\ndatabase=${file('index')}\nnew_certs_dir=${this.folder}\nrand_serial=yes\ndefault_md=sha256\n` +
        `policy=p\nx509_extensions=x\nunique_subject=no\n[p]\n${policy}\n[x]\n${extensions.join('\n')}\n`,
    );
    openssl('genpkey', ...kind, '-out', file('key'));
    openssl('req', '-new', '-key', file('key'), '-subj', `/CN=${host}`, '-out', file('request'));
    const dates = ['-startdate', between[0], '-enddate', between[1]];
    const signers = ['-cert', this.certificate, '-keyfile', this.key, '-in', file('request'), '-out', file('crt')];
    openssl('ca', '-batch', '-notext', '-config', file('conf'), ...dates, ...signers);
    return { certificate: readFileSync(file('crt'), 'utf8') + this.pem, key: readFileSync(file('key'), 'utf8') };
  }
}

export const ec = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
export const rsa = (/** @type {number} */ bits) => ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`];

const stamp = (/** @type {number} */ days) =>
  `${new Date(Date.now() + days * 86_400_000)
    .toISOString()
    .replaceAll(/[-:T]|\..*/g, '')
    .slice(0, 14)}Z`;

/**
 * From some days ago to some days ahead.
 * @type {(from: number, to: number) => [string, string]}
 */
export const days = (from, to) => [stamp(from), stamp(to)];
const year = () => days(-1, 365);
