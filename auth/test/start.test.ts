// The service as a process.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Service } from './support/service.ts';
import { until } from './support/until.ts';

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

describe('a start that is probably not meant so', () => {
  const noImages = {
    variable: 'IMAGE_DIR',
    msg: expect.stringContaining('there is no image in the folder that IMAGE_DIR') as string,
  };

  it.each<[what: string, env: Record<string, string>, files: string[], warned: object[]]>([
    ['without images', {}, [], [noImages]],
    [
      'with files that this image server does not read',
      {},
      ['a.txt', 'b.jpg', 'deep/.hidden.tif', '.x/c.tif'],
      [noImages],
    ],
    ['with an image deep below', {}, ['a/b.txt', 'c/d/e/f.tif'], []],
    ['with an image for the other image server', { IMAGE_SERVER: 'digilib' }, ['b.jpg'], []],
    [
      'on an IP address',
      { VIRTUAL_HOST: '192.0.2.7' },
      ['a.tif'],
      [{ variable: 'VIRTUAL_HOST', msg: expect.stringMatching(/^VIRTUAL_HOST is an IP address/) as string }],
    ],
    [
      'on a host name with plain http',
      { VIRTUAL_HOST: 'images.example.org' },
      ['a.tif'],
      [{ variable: 'VIRTUAL_HOST_PROTO', msg: expect.stringMatching(/^plain http on this host name/) as string }],
    ],
  ])('%s is one, and is warned of once', async (_what, env, files, warned) => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
    const images = join(folder, 'images');
    mkdirSync(images);
    symlinkSync(import.meta.dirname, join(images, 'away'));
    for (const file of files) {
      mkdirSync(join(images, file, '..'), { recursive: true });
      writeFileSync(join(images, file), '');
    }
    const service = await Service.start({ IMAGE_DIR: images, DATA_DIR: folder, ...env });
    const warnings = (): object[] => service.log.filter(({ level }) => level === 'warn');
    await until(() => warnings().length >= warned.length, 'the warnings');
    service.signal('SIGTERM');
    expect(await service.exit()).toBe(0);
    expect(warnings()).toEqual(warned.map((line) => expect.objectContaining(line) as object));
    rmSync(folder, { recursive: true });
  });
});
