import { symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Vitrine } from '../support/vitrine.ts';

const whole = 'full/100,/0/default.jpg';

describe('a link inside IMAGE_DIR', () => {
  it('is judged by the file it leads to', async () => {
    const linked = await Vitrine.start({
      files: ['atlas/page1.tif', 'estate/deed.tif'],
      access: { atlas: 'everyone' },
    });
    symlinkSync(join(linked.images, 'estate', 'deed.tif'), join(linked.images, 'atlas', 'deed.tif'));
    symlinkSync(join(linked.images, 'estate'), join(linked.images, 'atlas', 'estate'));
    expect((await linked.tile(`/iiif/images/atlas!page1.tif/${whole}`)).status).toBe(200);
    expect((await linked.tile(`/iiif/images/atlas!deed.tif/${whole}`)).status).toBe(401);
    expect((await linked.tile(`/iiif/images/atlas!estate!deed.tif/${whole}`)).status).toBe(401);
    expect((await linked.ask('/iiif/images/atlas!deed.tif/info.json')).status).toBe(401);
    const services = (await linked.ask('/iiif/manifests/atlas')).body.match(/iiif-login/g);
    expect(services).toHaveLength(1);
    await linked.stop();
  });

  it('that a rule closes stays closed at once, wherever it is made to lead', async () => {
    const flipped = await Vitrine.start({
      files: ['first/1.tif', 'second/1.tif'],
      access: { '.': 'everyone', current: 'nobody' },
    });
    const status = async () => (await flipped.tile(`/iiif/images/current!1.tif/${whole}`)).status;
    symlinkSync('first', join(flipped.images, 'current'));
    expect(await status()).toBe(403);
    unlinkSync(join(flipped.images, 'current'));
    symlinkSync('second', join(flipped.images, 'current'));
    await vi.waitFor(async () => {
      expect((await flipped.ask('/iiif/images/current!1.tif/info.json')).status).toBe(401);
    });
    expect(await status()).toBe(403);
    expect((await flipped.tile(`/iiif/images/second!1.tif/${whole}`)).status).toBe(200);
    await flipped.stop();
  });
});
