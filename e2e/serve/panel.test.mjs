// What an administrator changes in the panel counts for the tiles of a viewer that is open.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from '../../test-support/client.mjs';
import { islandTile } from '../compose/samples.mjs';
import { loggedIn } from '../support/loggedIn.mjs';
import { startServe } from '../support/serve.mjs';

/** Seconds for which nginx may go on, and a moment for the last answer to come. */
const GOES_ON = 3;

const vitrine = await startServe();
after(vitrine.stop);
const admin = await loggedIn(vitrine, vitrine.admin);

/**
 * @param {string} action of the panel's programming interface
 * @param {Record<string, string>} fields of its form
 * @returns {Promise<{record: {id: string, params: {id: string}}}>}
 */
async function inPanel(action, fields = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const { headers, body } = await whole(new Response(form));
  const path = `/auth/admin/api/resources/${action}`;
  const answer = await admin.ask(path, {
    method: 'POST',
    headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' },
    body,
  });
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse(answer.text);
}

/** @param {Response} form as it would be sent */
async function whole(form) {
  return {
    headers: { 'Content-Type': form.headers.get('content-type') ?? '' },
    body: Buffer.from(await form.arrayBuffer()).toString('latin1'),
  };
}

/** @type {[what: string, change: (id: string) => Promise<unknown>][]} */
const changes = [
  ['is disabled', (id) => inPanel(`users/records/${id}/edit`, { active: 'false' })],
  ['gets another password', (id) => inPanel(`users/records/${id}/edit`, { password: 'nobody knows it but the panel' })],
  ['is removed', (id) => inPanel(`users/records/${id}/delete`)],
];
for (const [number, [what, change]] of changes.entries()) {
  test(`whoever ${what} while a viewer asks without a pause sees no tile after ${GOES_ON} s`, async () => {
    const reader = { email: `reader${number}@library.example`, password: 'a long way to the sea' };
    const { record } = await inPanel('users/actions/new', { ...reader, active: 'true' });
    const viewer = await loggedIn(vitrine, reader);
    const bystander = await loggedIn(vitrine, vitrine.admin);
    assert.equal((await viewer.ask(islandTile)).status, 200);
    let changedAt = Infinity;
    const changed = change(record.params.id).then(() => (changedAt = performance.now()));
    let lastSeen = 0;
    for (let refused = 0; refused < 20;) {
      const { status } = await viewer.ask(islandTile);
      if (status === 200) [lastSeen, refused] = [performance.now(), 0];
      else {
        assert.equal(status, 401);
        refused += 1;
      }
      assert.ok(performance.now() < changedAt + 60_000, 'it goes on for a minute');
    }
    await changed;
    assert.ok(lastSeen - changedAt < 1000 * GOES_ON, `${lastSeen - changedAt} ms after the change`);
    assert.equal((await new Client(vitrine.url).logIn(reader.email, reader.password)).status, 401);
    assert.equal((await bystander.ask(islandTile)).status, 200);
  });
}
