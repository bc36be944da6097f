import { cp, mkdir, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** With npm packages. */
const SERVICES = ['auth', 'pyramids'];
const NEEDED = ['serve', 'vitrine', 'tools', 'iipsrv', 'proxy', 'samples', ...SERVICES];

/**
 * Copies what ./serve and ./vitrine need to another place, as if it had been cloned there and its npm packages installed.
 * @param {string} folder is made
 */
export async function copyClone(folder) {
  await mkdir(folder, { recursive: true });
  for (const entry of NEEDED) {
    await cp(join(ROOT, entry), join(folder, entry), {
      recursive: true,
      filter: (source) => !/(^|\/)(node_modules|test|\.cache)$/.test(relative(ROOT, source)),
    });
  }
  for (const service of SERVICES)
    await symlink(join(ROOT, service, 'node_modules'), join(folder, service, 'node_modules'));
}
