// ./serve where the public address is https: behind a web server that ends TLS, and without anything that does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServe } from '../support/serve.mjs';

const https = { VIRTUAL_HOST: 'images.example.org', VIRTUAL_HOST_PROTO: 'https' };

test('without a certificate and without a web server in front it does not start, and says what to do', async () => {
  await assert.rejects(
    startServe({ env: https }),
    /serve: VIRTUAL_HOST_PROTO=https: \.\/serve gets no certificate\. Put images\.example\.org\.crt and \.key into/,
  );
});

test('behind a web server on this computer: every address is https, and that server says who asks', async () => {
  const vitrine = await startServe({ env: { ...https, TRUSTED_PROXIES: '127.0.0.1, ::1' } });
  try {
    const headers = { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https' };
    const ask = (/** @type {string} */ path) => fetch(vitrine.url + path, { headers, redirect: 'manual' });
    const manifest = await ask('/iiif/manifests/maps');
    assert.equal(manifest.status, 200);
    const text = await manifest.text();
    assert.match(text, /"https:\/\/images\.example\.org\/iiif\/images\//);
    assert.doesNotMatch(text, /http:\/\/(images\.example\.org|localhost)/);
    const form = await ask('/auth/iiif-login');
    assert.equal(form.headers.get('strict-transport-security'), 'max-age=63072000');
  } finally {
    await vitrine.stop();
  }
});
