// Both compose files as they are shipped, each with everything it needs, and the same questions to both.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { blackBox } from './checks.mjs';
import { Client } from './client.mjs';
import { digilibImage, engine, freePort, Stack } from './engine.mjs';
import { outages } from './outages.mjs';
import { samples } from './samples.mjs';
import { truth } from './truth.mjs';

const email = 'admin@localhost';
const skip = (await engine()) ? false : 'there is no Docker engine on this machine';
const port = skip ? 0 : await freePort(); // the same for both: it is part of every address
const tlsPort = skip ? 0 : await freePort();
const removeStandIn = skip ? async () => {} : await digilibImage();
const descriptions = new Map();
const running = new Set();

async function tearDown() {
  for (const stack of running) await stack.down();
  running.clear();
  await removeStandIn();
}
after(tearDown);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void tearDown().finally(() => process.exit(1)));

for (const file of ['docker-compose.yml', 'docker-compose-iipsrv.yml']) {
  test(file, { skip, timeout: 20 * 60_000 }, async (t) => {
    const stack = new Stack(file, port, tlsPort);
    running.add(stack);
    try {
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
      stack.set('DEMO', 'true');
      await stack.compose('up', '--detach', '--wait');
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
