// However ./serve ends, nothing of it goes on.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '../../test-support/command.mjs';
import { temporaryFolder } from '../../test-support/folders.mjs';
import { freePort } from '../../test-support/ports.mjs';
import { descendants, listenersOf, lives, pidOf, serviceOf } from '../../test-support/processes.mjs';
import { startServe } from '../support/serve.mjs';
import { until } from '../../test-support/until.mjs';

const SERVE = join(import.meta.dirname, '../../serve');
const data = await temporaryFolder('data');

/**
 * What runs below a process, with ports. All four services have to be there.
 * @param {number} pid
 */
function treeOf(pid) {
  const processes = descendants(pid);
  const names = processes.map(({ name }) => name);
  for (const name of ['nginx', 'lighttpd', 'iipsrv.fcgi', 'node']) assert.ok(names.includes(name), names.join(' '));
  return { processes, listeners: listenersOf(processes.map((one) => one.pid)) };
}

/**
 * @param {ReturnType<typeof treeOf>} tree
 * @param {number} seconds
 */
async function isGone({ processes }, seconds) {
  const left = () => processes.filter(({ pid }) => lives(pid));
  await until('every process to end', () => left().length === 0, seconds).catch((/** @type {unknown} */ error) => {
    const names = left().map(({ name, pid }) => `${name} ${pid}`);
    throw new Error(`${String(error)}: ${names.join(', ')}`);
  });
}

test('Ctrl-C in a terminal: it says so, ends without an error, and nothing is left', async (t) => {
  const port = await freePort();
  // `script` gives it a terminal; the byte 3 is what a terminal makes a SIGINT of, for the whole foreground group.
  const command = `exec ${quoted(SERVE)} --port ${port} --data ${quoted(data)}`;
  const terminal = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    env: {
      ...process.env,
      VIRTUAL_HOST: 'localhost',
      VIRTUAL_HOST_PROTO: 'http',
      AUTH_DB_CONNECTION: '',
      SHELL: '/bin/bash',
    },
  });
  after(() => terminal.kill('SIGKILL'));
  let log = '';
  terminal.stdout.on('data', (text) => (log += String(text)));
  const ended = new Promise((resolve) => terminal.once('close', resolve));
  await until('./serve to be ready', () => log.includes('Ctrl-C stops it'), 120);

  const tree = treeOf(pidOf(terminal));
  assert.deepEqual(
    tree.listeners.filter(({ loopback }) => !loopback).map((one) => one.port),
    [port, port],
    'IPv4 and IPv6',
  );
  assert.ok(tree.listeners.length >= 5, 'auth, pyramids and the image server listen, for this machine only');

  const started = performance.now();
  terminal.stdin.write('\x03');
  assert.equal(await ended, 0, log);
  t.diagnostic(`${Math.round(performance.now() - started)} ms`);
  assert.match(log, /Stopping\.\r?\n/);
  assert.doesNotMatch(log, /nginx: .*\[(?:warn|error|crit|alert|emerg)\]/);
  await isGone(tree, 1);
});

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
  test(`${signal} to ./serve alone: the same`, async () => {
    const vitrine = await startServe({ data });
    try {
      const tree = treeOf(vitrine.pid);
      process.kill(vitrine.pid, signal);
      assert.equal(await vitrine.ended, 0, vitrine.log);
      await isGone(tree, 1);
    } finally {
      await vitrine.stop();
    }
  });
}

test('SIGKILL to ./serve: its processes stop by themselves, and it starts again on the same data', async () => {
  const vitrine = await startServe({ data });
  try {
    const tree = treeOf(vitrine.pid);
    process.kill(vitrine.pid, 'SIGKILL');
    await isGone(tree, 15);
  } finally {
    await vitrine.stop();
  }
  const again = await startServe({ data });
  await again.stop();
});

/** @type {(name: string) => (pid: number) => number | undefined} */
const child = (name) => (pid) => descendants(pid).find((one) => one.name === name && one.parent === pid)?.pid;

/** @type {[name: string, find: (pid: number) => number | undefined, says: RegExp][]} */
const children = [
  ['nginx', child('nginx'), /serve: nginx has stopped by itself \(code \d+\)/],
  ['lighttpd', child('lighttpd'), /serve: the image server has stopped by itself \(code \d+\)/],
  ['auth', (pid) => serviceOf(pid, 'auth'), /serve: the auth service has stopped by itself \(code \d+\)/],
  ['pyramids', (pid) => serviceOf(pid, 'pyramids'), /serve: the maker of pyramids has stopped by itself \(code \d+\)/],
];
for (const [name, find, says] of children) {
  test(`${name} dies: ./serve says which, ends with an error, and nothing is left`, async () => {
    const vitrine = await startServe({ data });
    try {
      const tree = treeOf(vitrine.pid);
      const victim = find(vitrine.pid);
      assert.ok(victim);
      process.kill(victim, 'SIGKILL');
      assert.equal(await vitrine.ended, 1, vitrine.log);
      assert.match(vitrine.log, says);
      await isGone(tree, 1);
    } finally {
      await vitrine.stop();
    }
  });
}

test('Ctrl-C while it starts: nothing is left either', async () => {
  const port = await freePort();
  const { code, text } = await runCommand('timeout', [
    '--signal=INT',
    '--kill-after=20',
    '1.2',
    SERVE,
    '--port',
    String(port),
    '--data',
    data,
  ]);
  assert.ok(code === 0 || code === 124, `${String(code)}\n${text}`);
  await until(
    'the port to be free',
    async () => (await runCommand('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`])).code !== 0,
  );
  const again = await startServe({ data });
  await again.stop();
});

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
