import assert from 'node:assert/strict';

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * What must hold of every refusal: JSON, no picture, nothing from inside.
 * @param {import('../../test-support/rawHttp.mjs').RawAnswer} answer
 * @param {...number} statuses one of them is wanted
 */
export function isJsonError({ status, headers, json, body }, ...statuses) {
  assert.ok(statuses.includes(status ?? 0), `${status}: ${body.toString().slice(0, 200)}`);
  assert.ok(json?.error && json.message, body.toString().slice(0, 200));
  assert.ok(!body.includes(JPEG_START), 'no picture');
  for (const name of ['x-image-path', 'x-image-version', 'x-deny', 'x-deny-body', 'x-powered-by', 'location']) {
    assert.equal(headers[name], undefined, name);
  }
}
