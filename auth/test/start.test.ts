// The service as a process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('an administrator who cannot be made is said in a sentence, with the variables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    encoding: 'utf8',
    env: { IMAGE_DIR: folder, DATA_DIR: folder, AUTH_ADMIN_USERID: `${'a'.repeat(65)}@example.org` },
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    level: 'fatal',
    msg: expect.stringContaining('AUTH_ADMIN_USERID') as string,
    cause: 'This is not an e-mail address.',
  });
  expect(stderr).toBe('');
  rmSync(folder, { recursive: true });
});
