// The database outlives restarts and sudden deaths.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '../compose/client.mjs';
import { islandTile } from '../compose/samples.mjs';
import { mustRun, runCommand } from '../support/command.mjs';
import { temporaryFolder } from '../support/folders.mjs';
import { inTurn } from '../support/inTurn.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { descendants, listenersOf } from '../support/processes.mjs';
import { startServe } from '../support/serve.mjs';

const CLI = join(import.meta.dirname, '../../vitrine');
const cookieOf = (answer) => answer.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');

test('a login is still one after a restart, a logout too', async () => {
  const data = await temporaryFolder('data');
  const before = await startServe({ data });
  let staying;
  let gone;
  let token;
  try {
    const client = new Client(before.url);
    staying = cookieOf(await client.logIn(before.admin.email, before.admin.password));
    token = JSON.parse((await client.ask('/auth/iiif-token')).text).accessToken;
    const other = new Client(before.url);
    gone = cookieOf(await other.logIn(before.admin.email, before.admin.password));
    assert.equal((await other.ask(islandTile)).status, 200);
    await other.ask('/auth/logout', { headers: { 'Sec-Fetch-Site': 'same-origin' } });
  } finally {
    await before.stop();
  }

  const after = await startServe({ data });
  try {
    const client = new Client(after.url);
    const statusWith = async (headers) => (await client.ask(islandTile, { headers })).status;
    assert.equal(await statusWith({ cookie: staying }), 200);
    assert.equal(await statusWith({ cookie: gone }), 401);
    assert.equal(await statusWith({}), 401);
    // A token names the address of the server that made it, and that has another port now.
    assert.equal(await statusWith({ Authorization: `Bearer ${token}` }), 401);
    await loggedIn(after, before.admin);
    assert.equal(
      (await client.logIn(after.admin.email, after.admin.password)).status,
      401,
      'the password is not overwritten',
    );
  } finally {
    await after.stop();
  }
});

test('auth is killed while people log in and users are added: nothing that was confirmed is lost', async (t) => {
  const data = await temporaryFolder('data');
  const before = await startServe({ data });
  const password = 'the same for all of them';
  const added = [];
  const cookies = [];
  try {
    const add = async (number) => {
      const email = `reader${number}@library.example`;
      const parameters = ['--data', data, 'user', 'add', email, '--password-stdin'];
      const { code } = await runCommand(CLI, parameters, { env: before.env, input: password });
      if (code === 0) added.push(email);
    };
    const login = async () => {
      const answer = await new Client(before.url)
        .logIn(before.admin.email, before.admin.password)
        .catch(() => undefined);
      if (answer?.status === 200) cookies.push(cookieOf(answer));
      if (cookies.length === 5) kill();
    };
    const kill = () => {
      const auth = descendants(before.pid).find(({ pid, name }) => name === 'node' && listenersOf([pid]).length > 0);
      if (auth) process.kill(auth.pid, 'SIGKILL');
    };
    await Promise.all([inTurn(1, [1, 2, 3], add), inTurn(3, Array.from({ length: 12 }), login)]);
    assert.equal(await before.ended, 1);
  } finally {
    await before.stop();
  }
  t.diagnostic(`${cookies.length} of 12 logins and ${added.length} of 3 users were confirmed`);
  assert.ok(cookies.length >= 5 && cookies.length < 12);
  assert.ok(added.length > 0);

  const after = await startServe({ data });
  try {
    for (const cookie of cookies) {
      assert.equal((await new Client(after.url).ask(islandTile, { headers: { cookie } })).status, 200);
    }
    for (const email of added) await loggedIn(after, { email, password });
    const listed = await mustRun(CLI, ['--data', data, 'user', 'list', '--json'], { env: after.env });
    const emails = JSON.parse(listed).map(({ email }) => email);
    for (const email of added) assert.ok(emails.includes(email), email);
  } finally {
    await after.stop();
  }
});
