import { get } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

let vitrine: Vitrine;
beforeAll(async () => {
  const pages = Array.from({ length: 2000 }, (_, page) => `large/page${page}.tif`);
  vitrine = await Vitrine.start({ files: [...pages, 'small/page.tif'] });
});
afterAll(() => vitrine.stop());

it('Large manifests are written one at a time, small ones at any time, and nobody waits for who has gone', async () => {
  const asks = (path: string) => vitrine.ask(path).then(({ status }) => status);
  // 12 MB, more than the system keeps for a reader who does not read.
  const reader = get(`${vitrine.base}/iiif/3/manifests/large`);
  await new Promise((resolve) => reader.once('response', resolve));
  const left = get(`${vitrine.base}/iiif/3/manifests/large`).on('error', () => undefined);
  let answered = false;
  const next = asks('/iiif/3/manifests/large').then((status) => {
    answered = true;
    return status;
  });
  for (let times = 0; times < 30; times++) expect(await asks('/iiif/3/manifests/small')).toBe(200);
  expect(answered).toBe(false);
  left.destroy();
  reader.on('error', () => undefined).destroy();
  expect(await next).toBe(200);
});
