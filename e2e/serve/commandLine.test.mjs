// ./vitrine beside a running ./serve: what it changes counts within seconds.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { islandTile } from '../compose/samples.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

/** Seconds after which what another process has changed must count: the decision's life, and a moment. */
const COUNTS_AFTER = 4;
const CLI = join(import.meta.dirname, '../../vitrine');
const vitrine = await startServe();
after(vitrine.stop);
const reader = { email: 'reader@library.example', password: 'a long way to the sea' };

/**
 * @param {string[]} parameters
 * @param {{input?: string, code?: number}} [options]
 * @returns {Promise<string>} what it wrote; it has to end with `code`
 */
async function cli(parameters, { input, code = 0 } = {}) {
  const answer = await runCommand(CLI, ['--data', vitrine.data, ...parameters], { env: vitrine.env, input });
  assert.equal(answer.code, code, `${parameters.join(' ')}: ${answer.code}\n${answer.text}`);
  return answer.text;
}

const isRefused = (/** @type {{status: number}} */ { status }) => status === 401;
const isClosed = (/** @type {Client} */ client) => client.until(islandTile, isRefused, COUNTS_AFTER);

test('a user who is added, with a password from standard input, logs in and sees tiles', async () => {
  const said = await cli(['user', 'add', reader.email, '--name', 'A Reader', '--password-stdin'], {
    input: `${reader.password}\n`,
  });
  assert.doesNotMatch(said, /sea/);
  const client = await loggedIn(vitrine, reader);
  assert.equal((await client.ask(islandTile)).status, 200);
  assert.match(await cli(['user', 'list']), /reader@library\.example +A Reader +yes/);
});

test('pictures: all are made, none is left out, and one of them is told of', async () => {
  assert.match(await cli(['pictures', 'make', '.']), /^(?:\d+ of \d+.*\n)*\d+ pictures in \d+ folders: \d+ ready\.\n$/);
  assert.match(await cli(['pictures', 'status']), /^(\d+) pictures in \d+ folders: \1 ready\.\nThe pyramids take /);
  assert.match(
    await cli(['pictures', 'check', 'maps/island.tif']),
    /^maps\/island\.tif: [\d,]+ x [\d,]+ pixels; ready, /,
  );
  assert.match(
    await cli(['pictures', 'check', 'maps/nothing.tif'], { code: 1 }),
    /There is no picture maps\/nothing\.tif/,
  );
});

test('the same user a second time, and a password that is too short: refused, and nothing is changed', async () => {
  await cli(['user', 'add', reader.email, '--generate'], { code: 1 });
  await cli(['user', 'passwd', reader.email, '--password-stdin'], { input: 'short\n', code: 1 });
  await loggedIn(vitrine, reader);
});

test(`a user who is disabled sees no tile after ${COUNTS_AFTER} s, by cookie or token, and cannot log in`, async () => {
  const client = await loggedIn(vitrine, reader);
  const { accessToken } = JSON.parse((await client.ask('/auth/iiif-token')).text);
  const byToken = { headers: { Authorization: `Bearer ${accessToken}` } };
  const nobody = new Client(vitrine.url);
  assert.equal((await nobody.ask(islandTile, byToken)).status, 200);
  assert.equal((await client.ask(islandTile)).status, 200);

  await cli(['user', 'disable', reader.email]);
  await Promise.all([isClosed(client), nobody.until(islandTile, isRefused, COUNTS_AFTER, byToken)]);
  assert.equal((await nobody.ask('/iiif/images/maps!island.tif/info.json', byToken)).status, 401);
  assert.equal((await new Client(vitrine.url).logIn(reader.email, reader.password)).status, 401);

  await cli(['user', 'enable', reader.email]);
  await loggedIn(vitrine, reader);
});

test('a new password: the old one and its logins are void', async () => {
  const client = await loggedIn(vitrine, reader);
  assert.equal((await client.ask(islandTile)).status, 200);
  const fresh = 'another way to the sea';
  await cli(['user', 'passwd', reader.email, '--password-stdin'], { input: fresh });
  await isClosed(client);
  assert.equal((await new Client(vitrine.url).logIn(reader.email, reader.password)).status, 401);
  reader.password = fresh;
  await loggedIn(vitrine, reader);
});

test('the administrator role opens the panel, and its loss closes it', async () => {
  const panel = async (/** @type {Client} */ client) => (await client.ask('/auth/admin/')).status;
  assert.notEqual(await panel(await loggedIn(vitrine, reader)), 200);
  await cli(['user', 'role', reader.email, 'add', 'admin']);
  const client = await loggedIn(vitrine, reader);
  assert.equal(await panel(client), 200);
  await cli(['user', 'role', reader.email, 'remove', 'admin']);
  await isClosed(client);
  assert.notEqual(await panel(client), 200);
});

test('the last administrator stays one', async () => {
  await cli(['user', 'disable', vitrine.admin.email], { code: 1 });
  await cli(['user', 'role', vitrine.admin.email, 'remove', 'admin'], { code: 1 });
  await loggedIn(vitrine, vitrine.admin);
});

/** @returns {Promise<{id: string, user: string, createdAt: string}[]>} */
async function loginsOfReader() {
  /** @type {Awaited<ReturnType<typeof loginsOfReader>>} */
  const all = JSON.parse(await cli(['session', 'list', '--json']));
  return all.filter(({ user }) => user === reader.email);
}

test('logins are listed, and one of them, or all of a user, can be ended', async () => {
  await cli(['session', 'end', '--user', reader.email]);
  const [one, two] = [await loggedIn(vitrine, reader), await loggedIn(vitrine, reader)];
  const listed = await loginsOfReader();
  assert.equal(listed.length, 2);
  for (const client of [one, two]) assert.equal((await client.ask(islandTile)).status, 200);

  listed.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  await cli(['session', 'end', listed[0].id]);
  await isClosed(one);
  assert.equal((await two.ask(islandTile)).status, 200, 'the other one goes on');
  await cli(['session', 'end', '--user', reader.email]);
  await isClosed(two);
  assert.deepEqual(await loginsOfReader(), []);
});

test('config show: every variable, where it comes from, and no secret', async () => {
  const shown = await cli(['config', 'show']);
  assert.match(shown, /VIRTUAL_HOST +localhost/);
  assert.match(shown, /AUTH_ADMIN_PASSWORD/);
  for (const secret of [vitrine.admin.password, reader.password]) assert.ok(!shown.includes(secret));
});

test('what is no command of ours: usage, and 2', async () => {
  assert.match(await cli(['user', 'destroy'], { code: 2 }), /usage/);
  assert.match(await cli(['--help']), /vitrine user add/);
});
