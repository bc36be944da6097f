// Both compose files as they are shipped, each with everything it needs, and the same questions to both.
import assert from 'node:assert/strict';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { blackBox } from './checks.mjs';
import { Client } from '../../test-support/client.mjs';
import { containers, outOfMemory } from './containers.mjs';
import { jpegSize } from '../../test-support/pictureSize.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { atEnd, digilibImage, engine, Stack } from './engine.mjs';
import { health } from './health.mjs';
import { lifecycle } from './lifecycle.mjs';
import { networks } from './networks.mjs';
import { outages } from './outages.mjs';
import { plainFiles } from './plainFiles.mjs';
import { island, samples } from './samples.mjs';
import { sizes } from './sizes.mjs';
import { truth } from './truth.mjs';

const email = 'admin@localhost';
const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const removeStandIn = skip ? async () => {} : await digilibImage();
const folder = await temporaryFolder('stack');
/** @type {Map<string, string>} by file and image */
const descriptions = new Map();
/** @type {Set<Stack>} */
const running = new Set();

async function tearDown() {
  for (const stack of running) await stack.down();
  running.clear();
  await removeStandIn();
}
atEnd(tearDown);

/**
 * One of the files, from the first start to the last.
 * @param {import('node:test').TestContext} t
 * @param {string} file
 */
async function life(t, file) {
  const imageServer = file === 'docker-compose.yml' ? 'digilib' : 'iipsrv';
  const port = await freePort();
  const stack = new Stack(file, port, await freePort(), `-${imageServer}`);
  running.add(stack);
  const images = join(folder, imageServer);
  const files = join(folder, `files of ${imageServer}`);
  try {
    await mkdir(images);
    await mkdir(files);
    await cp(join(import.meta.dirname, '../../samples/images'), images, { recursive: true });
    stack.set('IMAGE_DIR', images);
    await stack.compose('up', '--detach', '--build', '--wait', '--quiet-pull');
    const server = { baseUrl: `http://localhost:${port}`, email, password: await stack.password() };

    await t.test('only the proxy can be reached from outside', async () => {
      const lines = (await stack.compose('ps', '--format', '{{.Service}} {{.Ports}}')).trim().split('\n');
      const published = lines.filter((line) => line.includes('->')).map((line) => line.split(' ')[0]);
      assert.deepEqual(published, ['proxy'], lines.join('\n'));
    });
    await t.test('the health check of the image server writes nothing into its log', async () => {
      assert.doesNotMatch((await stack.log('image-server')).join('\n'), /ERROR|WARN|SEVERE/);
    });
    const gray = imageServer === 'digilib' ? 'png' : 'jpg';
    for (const { title, run } of blackBox({ ...server, gray })) await t.test(title, run);
    for (const { title, run } of plainFiles({ ...server, gray }, { images, folder: files })) await t.test(title, run);

    if (imageServer === 'digilib')
      await t.test('a whole picture that is small is drawn of the reduced copy', async () => {
        const admin = await loggedIn({ url: server.baseUrl }, server);
        const { body } = await admin.ask(`${island}/0,0,4000,2999/700,525/0/default.jpg`);
        assert.deepEqual(jpegSize(body), { width: 700, height: 525 });
        // The stand-in gives each file a colour of its own. A fit master is shown before it has its copy.
        const whole = await admin.until(
          `${island}/full/700,/0/default.jpg`,
          ({ status, body: other }) => status === 200 && !other.equals(body),
        );
        assert.deepEqual(jpegSize(whole.body), { width: 700, height: 525 });
      });

    const client = new Client(server.baseUrl);
    for (const { id } of samples) {
      const { text } = await client.ask(`/iiif/images/${id}/info.json`);
      descriptions.set(`${file} ${id}`, text.replaceAll(server.baseUrl, ''));
    }

    const stop = (/** @type {string} */ part) => stack.compose('stop', '--timeout', '5', part);
    const start = (/** @type {string} */ part) => stack.compose('start', part);
    for (const { title, run } of outages(server, stop, start)) await t.test(title, run);

    await t.test('the command line knows the administrator', async () => {
      assert.match(await stack.compose('exec', '-T', 'auth', 'vitrine', 'user', 'list'), new RegExp(email));
    });
    t.diagnostic(await sizes(stack, imageServer));
    for (const { title, run } of networks(stack, imageServer, port)) await t.test(title, run);
    // It takes its time to be noticed; meanwhile something else is looked at.
    const hanging = health(stack, imageServer);
    const noticed = t.test(hanging.title, hanging.run);
    for (const { title, run } of [...containers(stack, imageServer), outOfMemory(stack)]) await t.test(title, run);
    await noticed;
    for (const { title, run } of lifecycle(stack, server, { file, images, folder: files })) await t.test(title, run);
    // With DEMO=true since the last step.
    for (const { title, run } of truth(server)) await t.test(title, run);
  } catch (error) {
    t.diagnostic(await stack.compose('logs', '--tail', '60').catch(String));
    throw error;
  } finally {
    running.delete(stack);
    await stack.down();
  }
}

// Beside each other: they mostly wait.
test('the compose files', { skip, timeout: 25 * 60_000, concurrency: 2 }, async (t) => {
  const files = ['docker-compose.yml', 'docker-compose-iipsrv.yml'];
  await Promise.all(files.map((file) => t.test(file, { concurrency: true }, (inner) => life(inner, file))));
  await t.test('both image servers: the same info.json, byte by byte, but for what they write', () => {
    const ofDigilib = '"formats":["jpg","png"],"qualities":["default","color","bitonal"]';
    const ofIipsrv = '"formats":["jpg"],"qualities":["default","color","gray","bitonal"]';
    for (const { id } of samples) {
      const digilib = descriptions.get(`docker-compose.yml ${id}`)?.split(ofDigilib);
      const iipsrv = descriptions.get(`docker-compose-iipsrv.yml ${id}`)?.split(ofIipsrv);
      assert.equal(digilib?.length, 2, `what digilib writes, of ${id}`);
      assert.deepEqual(digilib, iipsrv);
    }
  });
});
