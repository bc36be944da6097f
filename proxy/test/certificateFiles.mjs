// The files in which the proxy finds certificates.
import { chownSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const host = 'images.example.org';

/** @typedef {{certificate: string, key: string}} Issued PEM texts; the certificate with its issuer's */

/**
 * As the operator does: one file, then the other.
 * @param {string} folder of the stack
 * @param {Issued} issued
 */
export function putOwn(folder, { certificate, key }) {
  writeFileSync(join(folder, 'certs', `${host}.crt`), certificate);
  writeFileSync(join(folder, 'certs', `${host}.key`), key);
}

/**
 * As certbot's container does: key and chain in one file, renamed into its place.
 * @param {string} folder of the stack
 * @param {Issued} issued
 */
export function putAcme(folder, { certificate, key }) {
  const file = join(folder, 'certificates', `${host}.pem`);
  writeFileSync(`${file}.new`, key + certificate, { mode: 0o600 });
  if (process.getuid?.() === 0) chownSync(`${file}.new`, 33, 33);
  renameSync(`${file}.new`, file);
}
