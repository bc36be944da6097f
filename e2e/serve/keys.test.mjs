// A program with a key, through nginx, which remembers what auth said.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { runCommand } from '../../test-support/command.mjs';
import { islandTile } from '../compose/samples.mjs';
import { startServe } from '../support/serve.mjs';

const CLI = join(import.meta.dirname, '../../vitrine');
const vitrine = await startServe({ access: { maps: 'nobody' } });
after(vitrine.stop);
const program = new Client(vitrine.url);

/** @param {string[]} parameters @returns {Promise<string>} what it wrote */
async function cli(...parameters) {
  const answer = await runCommand(CLI, ['--data', vitrine.data, ...parameters], { env: vitrine.env });
  assert.equal(answer.code, 0, answer.text);
  return answer.text;
}

/** The headers of a program with a new key. @param {string} name @param {string[]} more */
async function keyFor(name, ...more) {
  const [secret = ''] = /vitrine_[\w-]{43}/.exec(await cli('key', 'add', name, ...more)) ?? [];
  return { authorization: `Bearer ${secret}` };
}

/** @param {Record<string, string>} [headers] */
const tile = async (headers = {}) => (await program.ask(islandTile, { headers })).status;

/**
 * Asks for the tile without a pause until it is refused: nginx remembers for a while that it was not.
 * @param {Record<string, string>} headers
 * @returns {Promise<number>} when the last request began that was not refused
 */
async function lastYes(headers) {
  const deadline = Date.now() + 60_000;
  for (let last = Date.now(); ;) {
    const began = Date.now();
    const status = await tile(headers);
    if (status === 403) return last;
    assert.deepEqual([status, began < deadline], [200, true]);
    last = began;
  }
}

test('it gets images, descriptions, manifests and probes in its folder; who has no key does not', async () => {
  const headers = await keyFor('harvester', '--until', '2099-01-01', 'maps');
  const paths = [islandTile, '/iiif/images/maps!island.tif/info.json', '/iiif/manifests/maps'];
  // Twice: the second time nginx may answer by itself.
  for (const path of [...paths, ...paths]) assert.equal((await program.ask(path, { headers })).status, 200, path);
  assert.deepEqual([await tile(), await tile({ authorization: `${headers.authorization.slice(0, -1)}!` })], [403, 403]);
  const elsewhere = await keyFor('elsewhere', '--until', '2099-01-01', 'Fotos Köln');
  assert.equal(await tile(elsewhere), 403);
  assert.equal(await tile(headers), 200);
  const probe = await program.ask('/auth/iiif/2/probe/maps!island.tif', { headers });
  assert.equal(JSON.parse(probe.text).status, 200);
  assert.match(await cli('key', 'list'), /^elsewhere .*\nharvester +maps +full +2099-01-01 .* +20\d\d-/m);
});

test('a smaller picture is all that a key for one opens', async () => {
  const headers = await keyFor('small', '--until', '2099-01-01', '--sees', '300', 'maps');
  assert.equal(await tile(headers), 403);
  const small = '/iiif/images/maps!island.tif!!300/full/max/0/default.jpg';
  assert.equal((await program.ask(small, { headers })).status, 200);
  assert.equal((await program.ask(small)).status, 404);
});

test('one that is revoked opens nothing within seconds, however often it is used meanwhile', async (t) => {
  const headers = await keyFor('revoked', '--until', '2099-01-01', 'maps');
  assert.equal(await tile(headers), 200);
  const began = Date.now();
  const [last] = await Promise.all([lastYes(headers), cli('key', 'revoke', 'revoked')]);
  t.diagnostic(`seen until ${last - began} ms after the command was called`);
  assert.equal(await tile(headers), 403);
});

test('one that ends does so at its second: nginx remembers nothing beyond it', async (t) => {
  const end = new Date(Math.ceil(Date.now() / 1000) * 1000 + 4000);
  const headers = await keyFor('brief', '--until', `${end.toISOString().slice(0, 19)}Z`, 'maps');
  assert.equal(await tile(headers), 200);
  const last = await lastYes(headers);
  t.diagnostic(`refused from ${Date.now() - end.getTime()} ms after its end on`);
  assert.ok(Date.now() >= end.getTime(), 'not before its end');
  assert.ok(last < end.getTime(), `seen ${last - end.getTime()} ms after its end`);
});
