import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/**
 * A temporary folder that everybody may read, the image server's user among them; removed when the tests of the file
 * have ended.
 * @param {string} name what it is for
 * @returns {Promise<string>}
 */
export async function temporaryFolder(name) {
  const folder = await mkdtemp(join(tmpdir(), `vitrine-${name}-`));
  await chmod(folder, 0o755);
  after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
