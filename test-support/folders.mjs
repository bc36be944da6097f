import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A temporary folder that everybody may read, the image server's user among them; removed when the process of the tests
 * ends: what was started by them and writes into it is stopped by then.
 * @param {string} name what it is for
 * @returns {Promise<string>}
 */
export async function temporaryFolder(name) {
  const folder = await mkdtemp(join(tmpdir(), `vitrine-${name}-`));
  await chmod(folder, 0o755);
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}
