// The ACME server is not there yet when everything else starts.
import assert from 'node:assert/strict';

/**
 * @param {import('./site.mjs').Site} site
 * @param {() => Promise<{directory: string}>} startServer
 */
export function lateServer(site, startServer) {
  const list = [];
  const check = (title, run) => list.push({ title, run });

  check('no ACME server: port 80 says that there is no certificate, https is refused', async () => {
    await site.stack.compose('up', '--detach', '--build');
    await site.line('certbot', /no new certificate/);
    for (const path of ['/', '/iiif/manifests/', '/auth/iiif-login']) {
      const { status, text, headers } = await site.visitor().ask(path);
      assert.deepEqual([status, JSON.parse(text).error, headers['retry-after']], [503, 'no_certificate', '60']);
    }
    assert.equal(await site.serial(), undefined);
    await assert.rejects(site.visitor('').ask('/'), /unrecognized name/);
  });

  check('certbot says so in one line, with the time of its next attempt', async () => {
    const lines = (await site.log('certbot')).filter((line) => !/HTTP_PORT/.test(line));
    assert.equal(lines.length, 1, lines.join('\n'));
    const expected =
      /certbot: images\.example\.org: no new certificate: https:\/\/pebble:14000\/dir does not answer \(ACME_DIRECTORY\): .+\. There is no certificate yet\. Trying again at (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\.$/;
    assert.match(lines[0], expected);
    const [, day, time] = expected.exec(lines[0]);
    const minutes = (Date.parse(`${day}T${time}Z`) - Date.now()) / 60_000;
    assert.ok(minutes > 12 && minutes < 16, `in ${minutes} minutes`);
  });

  check('when it is there, try-now brings the site to https within a minute', async () => {
    await startServer();
    assert.match(await site.tryNow(), /trying\. The log tells what comes of it/);
    await site.serialOtherThan(undefined, 60);
    await site.line('certbot', /images\.example\.org: new certificate, valid until/);
  });

  return list;
}
