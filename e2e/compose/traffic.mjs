// People at a running stack, while it is broken.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../../test-support/client.mjs';
import { until } from '../../test-support/until.mjs';
import { island } from './samples.mjs';

/**
 * @typedef {import('./checks.mjs').Server} Server
 * @typedef {import('./engine.mjs').Stack} Stack
 */

/** @type {(x: number, y: number) => string} */
const fresh = (x, y) => `${island}/${x},${y},96,96/96,96/0/default.jpg`;

/**
 * With the command line of a running auth.
 * @param {Stack} stack
 * @param {string} name
 */
export async function addUser(stack, name) {
  const { status, text } = await stack.inside('auth', ['vitrine', 'user', 'add', name, '--generate']);
  assert.equal(status, 0, text);
}

/** That there was no answer now, and it may be tried again: what a busy machine may say. */
class Busy extends Error {}

/**
 * Logins, new users and tiles, one after the other of each kind, until it is stopped. Lists what was acknowledged. A 503
 * acknowledges nothing; every other refusal fails, but of what was under way when it was broken.
 * @param {Stack} stack
 * @param {Server} server
 */
export function traffic(stack, { baseUrl, email, password }) {
  const done = {
    visitors: /** @type {Client[]} */ ([]),
    users: /** @type {string[]} */ ([]),
    /** And what was asked for, without a picture, where the answer did not come. */
    tiles: /** @type {Map<string, Buffer | undefined>} */ (new Map()),
  };
  /** @type {unknown} */
  let refusal = 'nothing was refused';
  let going = true;
  let whole = true;
  // Some kinds come to hundreds while others have begun: whoever has done plenty waits for them.
  const again = async (/** @type {number} */ plenty, /** @type {(turn: number) => Promise<void>} */ step) => {
    for (let turn = 0; going; turn++) {
      if (turn >= plenty) await pause(200);
      await step(turn).catch((/** @type {unknown} */ error) => {
        if (whole && !(error instanceof Busy)) throw error;
        refusal = error;
      });
    }
  };
  const logIn = async () => {
    const client = new Client(baseUrl);
    const { status, text } = await client.logIn(email, password);
    if (status === 503) throw new Busy(text);
    assert.ok(status < 400, text);
    return client;
  };
  /** @type {Client | undefined} */
  let visitor;
  const ended = Promise.all([
    again(20, async () => void done.visitors.push(await logIn())),
    again(20, async (turn) => {
      const name = `reader${turn}@example.org`;
      await addUser(stack, name);
      done.users.push(name);
    }),
    again(200, async (turn) => {
      visitor ??= await logIn();
      const path = fresh(64 + (turn % 50) * 48, 96 + Math.floor(turn / 50) * 48);
      done.tiles.set(path, undefined);
      const { status, body, text } = await visitor.ask(path);
      if (status === 503) throw new Busy(text);
      assert.equal(status, 200, text.slice(0, 200));
      done.tiles.set(path, body);
    }),
  ]);
  ended.catch(() => {}); // whoever awaits `stop` or `begun` hears of it
  const enough = () => done.visitors.length > 4 && done.users.length > 1 && done.tiles.size > 20;
  return {
    done,
    /** Throws, with what was refused last, where there is none. */
    begun: () =>
      Promise.race([until('some traffic', enough), ended]).catch((/** @type {unknown} */ error) => {
        throw new Error(`${String(error)}; refused: ${String(refusal)}`);
      }),
    aboutToBreak: () => (whole = false),
    async stop() {
      going = false;
      await ended;
    },
  };
}
