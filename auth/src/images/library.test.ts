import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Catalogue, type Folder } from './catalogue.ts';
import { imageServers, type Master } from './imageServer.ts';
import { ImageServerClient, type Answer } from './imageServerClient.ts';
import { Library } from './library.ts';

const FOLDERS = 7;
const IMAGES = 700;

/** Answers at once, and notes how many folders it was asked about a large part of, and not yet the whole. */
class CountingClient extends ImageServerClient {
  readonly asked = new Map<string, number>();
  mostAtOnce = 0;

  constructor() {
    super(imageServers.iipsrv, 'http://image-server');
  }

  override async size({ path }: Master): Promise<Answer<{ width: number; height: number }>> {
    const folder = path[0] ?? '';
    this.asked.set(folder, (this.asked.get(folder) ?? 0) + 1);
    const halfway = [...this.asked.values()].filter((images) => images > 500 && images < IMAGES);
    this.mostAtOnce = Math.max(this.mostAtOnce, halfway.length);
    await turn();
    return { kind: 'ok', value: { width: 6, height: 4 } };
  }
}

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-library-'));
  for (let folder = 0; folder < FOLDERS; folder++) {
    mkdirSync(join(root, `large${folder}`));
    for (let image = 0; image < IMAGES; image++) writeFileSync(join(root, `large${folder}`, `${image}.tif`), '');
  }
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

it('few large folders that nothing is known of are read at a time, and no image is asked for twice', async () => {
  const kept = new Map<string, { width: number; height: number }>();
  const store = {
    load: () => Promise.resolve(new Map<string, never>()),
    save: (sizes: typeof kept) => {
      for (const [key, size] of sizes) kept.set(key, size);
      return Promise.resolve();
    },
  };
  const catalogue = new Catalogue(root, ['tif']);
  const client = new CountingClient();
  const library = new Library(catalogue, imageServers.iipsrv, client, store, { warn: () => undefined });
  const folders = await Promise.all(
    Array.from({ length: FOLDERS }, (_, number) => catalogue.folder([`large${number}`])),
  );
  const read = await Promise.all(folders.map((folder) => library.folderImages(folder as Folder)));
  expect(read.map((images) => images.length)).toStrictEqual(Array(FOLDERS).fill(IMAGES));
  expect([...client.asked.values()]).toStrictEqual(Array(FOLDERS).fill(IMAGES));
  expect(client.mostAtOnce).toBeGreaterThan(1);
  expect(client.mostAtOnce).toBeLessThanOrEqual(4);
  expect(kept.size).toBe(FOLDERS * IMAGES);
});
