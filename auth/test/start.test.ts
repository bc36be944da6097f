// The service as a process.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from './support/ask.ts';
import { pictureFor } from './support/pictures.ts';
import { StubPyramids } from './support/pyramids.ts';
import { Service } from './support/service.ts';
import { until } from '../../test-support/until.mjs';

it('an administrator who cannot be made is said in a sentence, with the variables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    encoding: 'utf8',
    env: { IMAGE_DIR: folder, DATA_DIR: folder, AUTH_ADMIN_USERID: 'admin@-example.org' },
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

function contentOf(file: string): string | Buffer {
  if (file === 'access.yml') return 'folders: { mpas: nobody, Maps: nobody, maps: nobody }';
  return file.includes('text') ? 'a text' : pictureFor(file);
}

describe('a start that is probably not meant so', () => {
  const noImages = {
    variable: 'IMAGE_DIR',
    msg: expect.stringContaining('there is no picture in the folder that IMAGE_DIR') as string,
  };

  const notServed = (name: string) => ({
    file: expect.stringMatching(`/${name}$`) as string,
    msg: expect.stringMatching(/ is not served: no picture/) as string,
    remedy: 'make one of it',
  });

  it.each<[what: string, env: Record<string, string>, files: string[], warned: object[]]>([
    ['without images', {}, [], [noImages]],
    [
      'with files that are not called as pictures',
      {},
      ['a.txt', 'deep/d.doc', 'deep/.hidden.tif', '.x/c.tif'],
      [noImages],
    ],
    ['with texts that are called as pictures', {}, ['a/b.tif', 'a/text.png'], [notServed('text.png')]],
    ['with an image deep below', {}, ['a/b.txt', 'c/d/e/f.tif'], []],
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
    [
      'with a rule for a folder that is not there',
      {},
      ['maps/a.tif', 'access.yml'],
      ['mpas', 'Maps'].map((name) => ({
        rule: `access.yml: ${name}`,
        msg: `there is no folder "${name}" in IMAGE_DIR: the rule for it holds for nothing; was "maps" meant?`,
      })),
    ],
  ])('%s is one, and is warned of once', async (_what, env, files, warned) => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
    const images = join(folder, 'images');
    mkdirSync(images);
    symlinkSync(import.meta.dirname, join(images, 'away'));
    for (const file of files) {
      mkdirSync(join(images, file, '..'), { recursive: true });
      writeFileSync(join(images, file), contentOf(file));
    }
    const pyramids = new StubPyramids(images);
    const own = { IMAGE_DIR: images, DATA_DIR: folder, PYRAMIDS_URL: await pyramids.start() };
    const service = await Service.start({ ...own, ...env });
    const warnings = (): object[] => service.log.filter(({ level }) => level === 'warn');
    // One more: the link that leads away.
    await until('the warnings', () => warnings().length > warned.length);
    service.signal('SIGTERM');
    expect(await service.exit()).toBe(0);
    expect(warnings()).toHaveLength(warned.length + 1);
    expect(warnings()).toEqual(
      expect.arrayContaining(
        [...warned, { file: join(images, 'away') }].map((line) => expect.objectContaining(line) as object),
      ),
    );
    await pyramids.stop();
    rmSync(folder, { recursive: true });
  });
});

it('rules that cannot be read are a reason not to start, with the line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
  writeFileSync(join(folder, 'access.yml'), 'folders:\n  maps: nobdy\n');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    encoding: 'utf8',
    env: { IMAGE_DIR: folder, DATA_DIR: folder, AUTH_ADMIN_PASSWORD: 'keeper of the keys' },
  });
  expect(status).toBe(1);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; msg: string });
  expect(lines.filter(({ level }) => level !== 'info' && level !== 'warn').map(({ msg }) => msg)).toEqual([
    expect.stringMatching(/^access\.yml, line 2, column 3: "maps" has to be everyone, users, nobody/) as string,
    'access.yml cannot be used as it is: it changes nothing',
    'the rules of access.yml cannot be read',
  ]);
  expect(stderr).toBe('');
  rmSync(folder, { recursive: true });
});

it('headers as long as the proxy takes them are read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
  const service = await Service.start({ IMAGE_DIR: folder, DATA_DIR: folder });
  const headers = { Cookie: `other=${'a'.repeat(79_000)}`, 'X-Original-URI': `/${'a'.repeat(8191)}` };
  expect((await ask(service.base, '/auth/health', { headers })).status).toBe(200);
  service.signal('SIGTERM');
  expect(await service.exit()).toBe(0);
  rmSync(folder, { recursive: true });
});
