// The database outlives restarts and sudden deaths.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { islandTile } from '../compose/samples.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { inTurn } from '../support/inTurn.mjs';
import { cookieOfLogin, loggedIn } from '../support/loggedIn.mjs';
import { serviceOf } from '../../test-support/processes.mjs';
import { startServe } from '../support/serve.mjs';

const CLI = join(import.meta.dirname, '../../vitrine');

const data = await temporaryFolder('data');
/** @type {import('../support/serve.mjs').Vitrine} */
let running = await startServe({ data });
const { admin } = running;
const restart = async () => {
  await running.stop();
  running = await startServe({ data });
};
after(() => running.stop());
/** @param {Record<string, string>} headers */
const statusWith = async (headers) => (await new Client(running.url).ask(islandTile, { headers })).status;

test('a login is still one after a restart, a logout too', async () => {
  const staying = await cookieOfLogin(running, admin);
  const gone = await cookieOfLogin(running, admin);
  const client = new Client(running.url);
  const token = JSON.parse((await client.ask('/auth/iiif-token', { headers: { cookie: staying } })).text).accessToken;
  assert.equal(await statusWith({ cookie: gone }), 200);
  await client.ask('/auth/logout', { headers: { cookie: gone, 'Sec-Fetch-Site': 'same-origin' } });

  await restart();
  assert.equal(await statusWith({ cookie: staying }), 200);
  assert.equal(await statusWith({ cookie: gone }), 401);
  assert.equal(await statusWith({}), 401);
  // A token names the address of the server that made it, and that has another port now.
  assert.equal(await statusWith({ Authorization: `Bearer ${token}` }), 401);
  const { email, password } = running.admin;
  assert.equal((await new Client(running.url).logIn(email, password)).status, 401, 'the password is not overwritten');
});

test('auth is killed while people log in and users are added: nothing that was confirmed is lost', async (t) => {
  const password = 'the same for all of them';
  /** @type {string[]} */
  const added = [];
  /** @type {string[]} */
  const cookies = [];
  const add = async (/** @type {number} */ number) => {
    const email = `reader${number}@library.example`;
    const parameters = ['--data', data, 'user', 'add', email, '--password-stdin'];
    const { code } = await runCommand(CLI, parameters, { env: running.env, input: password });
    if (code === 0) added.push(email);
  };
  const login = async () => {
    const cookie = await cookieOfLogin(running, admin).catch(() => undefined);
    if (cookie && cookies.push(cookie) === 5) kill();
  };
  const kill = () => {
    process.kill(serviceOf(running.pid, 'auth'), 'SIGKILL');
  };
  await Promise.all([inTurn(1, [1, 2], add), inTurn(3, Array.from({ length: 12 }), login)]);
  assert.equal(await running.ended, 1);
  t.diagnostic(`${cookies.length} of 12 logins and ${added.length} of 2 users were confirmed`);
  assert.ok(cookies.length >= 5 && cookies.length < 12);
  assert.ok(added.length > 0);

  await restart();
  for (const cookie of cookies) assert.equal(await statusWith({ cookie }), 200);
  for (const email of added) await loggedIn(running, { email, password });
});
