// The files in which the proxy finds certificates.
import { chownSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const host = 'images.example.org';

/** As the operator does: one file, then the other. */
export function putOwn(folder, { certificate, key }) {
  writeFileSync(join(folder, 'certs', `${host}.crt`), certificate);
  writeFileSync(join(folder, 'certs', `${host}.key`), key);
}

/** As certbot's container does: key and chain in one file, renamed into its place. */
export function putAcme(folder, { certificate, key }) {
  const file = join(folder, 'certificates', `${host}.pem`);
  writeFileSync(`${file}.new`, key + certificate, { mode: 0o600 });
  if (process.getuid() === 0) chownSync(`${file}.new`, 33, 33);
  renameSync(`${file}.new`, file);
}
