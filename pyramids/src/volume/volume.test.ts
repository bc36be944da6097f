import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fit, made, master, open, options, place, useVolumes } from '../../test/support/volumes.ts';

useVolumes();

const now = new AbortController().signal;
const files = (): string[] =>
  readdirSync(options.volume, { recursive: true })
    .map(String)
    .filter((name) => /^\w\w\/./v.test(name))
    .sort();

describe('what lies there', () => {
  test('a pyramid has its place under key and page, and a note of what it was made of', async () => {
    const volume = await open();
    const a = master('folder/a.jpg');
    expect(await volume.has(a, 3, made)).toBe(false);
    const base = await place(volume, a, 'pyramid', 3);
    expect(await volume.has(a, 3, made)).toBe(true);
    expect(readFileSync(`${base}.tif`, 'utf8')).toBe('pyramid');
    expect(JSON.parse(readFileSync(`${base}.json`, 'utf8'))).toMatchObject({
      path: 'folder/a.jpg',
      state: a.state,
      page: 3,
      width: made.width,
      height: made.height,
    });
    expect(await volume.has(a, 3, { ...made, width: 31 })).toBe(false);
    rmSync(`${base}.json`);
    expect(await volume.has(a, 3, made)).toBe(false);
    expect(readdirSync(volume.scratch)).toEqual(['lock']);
    expect(await volume.figures()).toMatchObject({ ready: 1, bytes: 7 });
  });

  test('a fit master is linked, as is a JPEG 2000 meanwhile; a link to nothing is not there', async () => {
    const volume = await open();
    const a = master('a.tif');
    await volume.link(a, 0, 'fit', fit);
    await volume.link(a, 0, 'jp2', fit);
    expect([await volume.has(a, 0, fit), existsSync(join(options.volume, `aa/${a.key.slice(2)}-0.jp2`))]).toEqual([
      true,
      true,
    ]);
    expect(await volume.has(a, 0, made)).toBe(false);
    const link = join(options.volume, `aa/${a.key.slice(2)}-0.tif`);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(link, 'utf8')).toBe('picture');
    rmSync(join(options.images, 'a.tif'));
    expect(await volume.has(a, 0, fit)).toBe(false);
  });

  test('a failure is remembered by the next process, not by another edition', async () => {
    const a = master('a.jpg');
    const why = { reason: 'it is damaged', remedy: 'copy it once more' };
    await (await open()).fail(a, 0, why);
    expect(await (await open()).failureOf(a, 0)).toMatchObject(why);
    const next = await open();
    await expect.poll(() => next.failures()).toMatchObject([{ path: 'a.jpg', page: 0, ...why }]);
    expect(await (await open({ edition: 2 })).failureOf(a, 0)).toBeUndefined();
    expect(files()).toEqual([]);
  });
});

describe('cleaning', () => {
  test('what was made of a master that is gone or changed goes, what is of others stays', async () => {
    const volume = await open();
    const [stays, goes, changes] = [master('folder/stays'), master('folder/goes'), master('folder/changes')];
    for (const of of [stays, goes, changes]) await place(volume, of);
    await volume.fail(goes, 1, { reason: 'r', remedy: 'm' });
    rmSync(join(options.images, 'folder/goes'));
    writeFileSync(join(options.images, 'folder/changes'), 'other');
    await volume.clean(now);
    expect([
      await volume.has(stays, 0, made),
      await volume.has(goes, 0, made),
      await volume.has(changes, 0, made),
    ]).toEqual([true, false, false]);
    expect(files()).toHaveLength(2);
    expect(volume.failures()).toEqual([]);
    expect(await volume.figures()).toMatchObject({ ready: 1, bytes: 7 });
  });

  test('nothing goes when the folder of the masters, or a share in it, is gone or empty', async () => {
    const volume = await open();
    const [a, b] = [master('share/below/a'), master('b')];
    for (const of of [a, b]) await place(volume, of);
    rmSync(join(options.images, 'share/below'), { recursive: true });
    await volume.clean(now);
    expect(await volume.has(a, 0, made)).toBe(true);
    renameSync(options.images, `${options.images}.away`);
    await volume.clean(now);
    mkdirSync(options.images);
    await volume.clean(now);
    expect([await volume.has(a, 0, made), await volume.has(b, 0, made)]).toEqual([true, true]);
  });

  test('a folder that is gone beside others is no share that is gone', async () => {
    const volume = await open();
    const [a] = [master('folder/a'), master('b')];
    await place(volume, a);
    rmSync(join(options.images, 'folder'), { recursive: true });
    await volume.clean(now);
    expect(await volume.has(a, 0, made)).toBe(false);
  });

  test('the link to a JPEG 2000 goes when its pyramid has been there for a minute', async () => {
    const volume = await open();
    const a = master('a.jp2');
    await volume.link(a, 0, 'jp2', fit);
    const base = await place(volume, a);
    await volume.clean(now);
    expect(existsSync(`${base}.jp2`)).toBe(true);
    utimesSync(`${base}.tif`, 0, 0);
    await volume.clean(now);
    expect([existsSync(`${base}.jp2`), existsSync(`${base}.tif`)]).toEqual([false, true]);
  });

  test('a file without a note is left for an hour', async () => {
    const volume = await open();
    const base = await place(volume, master('a'));
    rmSync(`${base}.json`);
    await volume.clean(now);
    expect(files()).toHaveLength(1);
    utimesSync(`${base}.tif`, 0, 0);
    await volume.clean(now);
    expect(files()).toEqual([]);
  });
});

describe('several services', () => {
  test('what another one is making is left alone', async () => {
    const first = await open();
    writeFileSync(join(first.scratch, 'half'), 'half a picture');
    const second = await open();
    await second.clean(now);
    expect(existsSync(join(first.scratch, 'half'))).toBe(true);
    const a = master('a');
    await Promise.all([place(first, a), place(second, a)]);
    expect(files()).toHaveLength(2);
  });

  test('what a killed one has left is removed at the start of the next', async () => {
    const script = `import { Volume } from ${JSON.stringify(join(import.meta.dirname, 'volume.ts'))};
      const volume = await Volume.open(${JSON.stringify({ ...options, size: 1e6 })});
      console.log(volume.scratch);
      setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const scratch = await new Promise<string>((resolve) =>
      other.stdout.once('data', (text: Buffer) => {
        resolve(text.toString().trim());
      }),
    );
    writeFileSync(join(scratch, 'half'), 'half a picture');
    await open();
    expect(existsSync(scratch)).toBe(true);
    other.kill('SIGKILL');
    await new Promise((resolve) => other.once('exit', resolve));
    await open();
    expect(existsSync(scratch)).toBe(false);
  });
});
