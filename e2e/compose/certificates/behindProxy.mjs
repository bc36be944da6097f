// Another proxy ends TLS: one on this machine, which the containers see at the address of their network's bridge.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { close, listen } from '../../../test-support/servers.mjs';
import { until } from '../../../test-support/until.mjs';
import { Checklist } from '../checklist.mjs';
import { onHttps } from './onHttps.mjs';
import { admin, host } from './site.mjs';

const visitorAddress = '203.0.113.7';
const lie = '198.51.100.9';

/**
 * As nginx with $proxy_add_x_forwarded_for: what the visitor claims, then where they come from.
 * @param {import('./own.mjs').Issued} issued
 * @param {number} tlsPort
 * @param {number} port of what is behind it
 * @returns {Promise<import('node:https').Server>}
 */
async function terminator({ certificate, key }, tlsPort, port) {
  const server = createServer({ cert: certificate, key }, (incoming, outgoing) => {
    const claimed = incoming.headers['x-forwarded-for'];
    const headers = {
      ...incoming.headers,
      'x-forwarded-for': [claimed ?? [], visitorAddress].flat().join(', '),
      'x-forwarded-proto': 'https',
    };
    const { url: path, method } = incoming;
    const passed = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.once('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await listen(server, tlsPort);
  return server;
}

/**
 * @param {import('./site.mjs').Site} site it is running, with its own port for https
 * @param {object} means
 * @param {import('./own.mjs').Issued} means.issued for the other proxy
 * @param {string} means.ca who issued that, PEM
 * @param {string[]} means.files
 * @param {import('./acmeServer.mjs').AcmeServer} means.pebble whose container is a client that nobody trusts
 * @returns {{checks: import('../checklist.mjs').Check[], stop: () => Promise<void>}}
 */
export function behindProxy(site, { issued, ca, files, pebble }) {
  const { checks, add: check } = new Checklist();
  /** @type {import('node:https').Server | undefined} */
  let server;
  const through = site.visitor(ca);
  const accessLine = (/** @type {string} */ path) => site.line('proxy', new RegExp(`"GET ${path}"`));

  check('TRUSTED_PROXIES: it starts without a certificate, and certbot has nothing to do', async () => {
    await site.visitor().ask('/who-is-this');
    const [address = ''] = (await accessLine('/who-is-this')).split(' ');
    const orders = await pebble.orders();
    const ports = `services: { proxy: { ports: !override ['127.0.0.1:${site.port}:8080'] } }`;
    site.use([...files, site.write('override', ports)], { TRUSTED_PROXIES: address, ACME_DIRECTORY: pebble.directory });
    await site.up();
    server = await terminator(issued, site.tlsPort, site.port);
    await site.line('certbot', /nothing to do: with TRUSTED_PROXIES another proxy has the certificate\.$/);
    assert.equal(await pebble.orders(), orders);
  });

  check('through the other proxy: no redirect, and every address is the public one', async () => {
    const { status, text, headers } = await through.ask('/');
    assert.equal(status, 200);
    assert.ok(text.includes(site.base));
    assert.equal(headers['strict-transport-security'], 'max-age=63072000');
    for (const { title, run } of onHttps(site, ca)) if (/^documents|^descriptions/.test(title)) await run();
  });

  check('the access log and the audit trail have the address of the visitor, not what they claim', async () => {
    await through.ask('/seen-through-it', { headers: { 'X-Forwarded-For': lie } });
    assert.match(await accessLine('/seen-through-it'), new RegExp(`^${visitorAddress.replaceAll('.', '\\.')} `));
    const answer = await through.logIn({ ...admin, origin: site.base }, { 'X-Forwarded-For': lie });
    assert.equal(answer.status, 200, answer.text);
    assert.ok(answer.headers['set-cookie']?.every((line) => /; Secure(;|$)/.test(line)));
    // The panel is loaded for the first one who asks: on a busy machine the proxy may have given up before.
    const trail = await until('the panel', async () => {
      const asked = await through.ask('/auth/admin/api/resources/audit/actions/list');
      return asked.status === 200 && asked;
    });
    /** @type {{params: Record<string, string>}[]} */
    const records = JSON.parse(trail.text).records;
    const login = records.find(({ params }) => params['action'] === 'login')?.params;
    assert.deepEqual([login?.['actor'], login?.['address']], [admin.email, visitorAddress]);
  });

  check('a visitor who comes by http without it is led to https, whatever the request says', async () => {
    const headers = [`Host: ${host}`, `X-Forwarded-For: ${lie}`, 'X-Forwarded-Proto: https', 'Connection: close'];
    const question = ['GET /seen-directly HTTP/1.1', ...headers, '', ''].join('\\r\\n');
    const answer = await pebble.execute(
      'bash',
      '-c',
      `exec 3<>/dev/tcp/${host}/8080; printf '${question}' >&3; cat <&3`,
    );
    assert.match(answer, /^HTTP\/1\.1 301 /);
    assert.ok(answer.includes(`\r\nLocation: ${site.base}/seen-directly\r\n`), answer);
    const line = await accessLine('/seen-directly');
    assert.ok(line.startsWith(`${await pebble.address()} `), line);
  });

  const stop = async () => {
    if (server) await close(server);
    server = undefined;
  };
  return { checks, stop };
}
