// Both compose files as they are shipped, each with everything it needs, and the same questions to both.
import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/folders.mjs';
import { blackBox } from './checks.mjs';
import { Client } from './client.mjs';
import { containers, outOfMemory } from './containers.mjs';
import { atEnd, digilibImage, engine, freePort, Stack } from './engine.mjs';
import { health } from './health.mjs';
import { lifecycle } from './lifecycle.mjs';
import { networks } from './networks.mjs';
import { outages } from './outages.mjs';
import { samples } from './samples.mjs';
import { sizes } from './sizes.mjs';
import { truth } from './truth.mjs';

const email = 'admin@localhost';
const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const port = skip ? 0 : await freePort(); // the same for both: it is part of every address
const tlsPort = skip ? 0 : await freePort();
const removeStandIn = skip ? async () => {} : await digilibImage();
const folder = await temporaryFolder('stack');
const descriptions = new Map();
const running = new Set();

async function tearDown() {
  for (const stack of running) await stack.down();
  running.clear();
  await removeStandIn();
}
atEnd(tearDown);

for (const file of ['docker-compose.yml', 'docker-compose-iipsrv.yml']) {
  test(file, { skip, timeout: 20 * 60_000, concurrency: true }, async (t) => {
    const stack = new Stack(file, port, tlsPort);
    running.add(stack);
    const imageServer = file === 'docker-compose.yml' ? 'digilib' : 'iipsrv';
    const images = join(folder, imageServer);
    try {
      await mkdir(images);
      await cp(join(import.meta.dirname, '../../samples/images'), images, { recursive: true });
      stack.set('IMAGE_DIR', images);
      await stack.compose('up', '--detach', '--build', '--wait', '--quiet-pull');
      const server = { baseUrl: `http://localhost:${port}`, email, password: await stack.password() };

      await t.test('only the proxy can be reached from outside', async () => {
        const lines = (await stack.compose('ps', '--format', '{{.Service}} {{.Ports}}')).trim().split('\n');
        const published = lines.filter((line) => line.includes('->')).map((line) => line.split(' ')[0]);
        assert.deepEqual(published, ['proxy'], lines.join('\n'));
      });
      for (const { title, run } of blackBox(server)) await t.test(title, run);

      const client = new Client(server.baseUrl);
      for (const { id } of samples) {
        descriptions.set(`${file} ${id}`, (await client.ask(`/iiif/images/${id}/info.json`)).text);
      }

      const stop = (part) => stack.compose('stop', '--timeout', '5', part);
      const start = (part) => stack.compose('start', part);
      for (const { title, run } of outages(server, stop, start)) await t.test(title, run);

      await t.test('the command line knows the administrator', async () => {
        assert.match(await stack.compose('exec', '-T', 'auth', 'vitrine', 'user', 'list'), new RegExp(email));
      });
      t.diagnostic(await sizes(stack, imageServer));
      for (const { title, run } of networks(stack, imageServer, port)) await t.test(title, run);
      // It takes its time to be noticed; meanwhile something else is looked at.
      const hanging = health(stack, imageServer, images);
      const noticed = t.test(hanging.title, hanging.run);
      for (const { title, run } of [...containers(stack, imageServer), outOfMemory(stack)]) await t.test(title, run);
      await noticed;
      for (const { title, run } of lifecycle(stack, server, { file, images, folder })) await t.test(title, run);
      // With DEMO=true since the last step.
      for (const { title, run } of truth(server)) await t.test(title, run);
    } catch (error) {
      t.diagnostic(await stack.compose('logs', '--tail', '60').catch(String));
      throw error;
    } finally {
      running.delete(stack);
      await stack.down();
    }
  });
}

test('both image servers: the same info.json, byte by byte', { skip }, () => {
  for (const { id } of samples) {
    const [digilib, iipsrv] = ['docker-compose.yml', 'docker-compose-iipsrv.yml'].map((file) => `${file} ${id}`);
    assert.ok(descriptions.get(digilib), `${id} on digilib`);
    assert.equal(descriptions.get(digilib), descriptions.get(iipsrv));
  }
});
