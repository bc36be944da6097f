// Who can reach whom. Tried from within the containers of a running stack, by address and by name.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { ask } from '../../test-support/ask.mjs';
import { portOf } from '../../test-support/servers.mjs';
import { docker, inContainer } from './engine.mjs';

/**
 * What bash needs for a connection; it ends after two seconds.
 * @type {(host: string, port: number) => string[]}
 */
const knock = (host, port) => ['timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${host}/${port}`];

/** Something on this computer that listens at every address of it. */
async function neighbour() {
  const server = createServer((socket) => socket.destroy()).listen(0, '0.0.0.0');
  await once(server, 'listening');
  return server;
}

const ownAddresses = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

/**
 * What bash needs for a question in HTTP. A connection alone is no proof that it came to where it should: some networks
 * have somebody who takes every one.
 * @type {(host: string, port: number, path: string) => string[]}
 */
const question = (host, port, path) => {
  const script = `exec 3<>/dev/tcp/${host}/${port} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;
  return ['timeout', '2', 'bash', '-c', script];
};

/**
 * The answer, if there is one.
 * @type {(host: string, port: number, path: string) => Promise<string>}
 */
const fromHere = (host, port, path) =>
  ask(`http://${host}:${port}`, path, { connection: { signal: AbortSignal.timeout(2000) } }).then(
    ({ text }) => text,
    () => '',
  );

/** A question that only the service that is meant answers like this. */
const signs = {
  auth: { port: 3000, path: '/auth/iiif-login', sign: /name="password"/ },
  pyramids: { port: 8081, path: '/health', sign: /"status":"ok"/ },
  digilib: {
    port: 8080,
    path: '/digilib/Scaler/vitrine-images/nowhere/full/2,2/0/default.jpg',
    sign: /Image file not found/,
  },
  iipsrv: { port: 8080, path: '/iiif/-/info.json', sign: /is neither a file nor part of an image sequence/ },
};

/**
 * @param {import('./engine.mjs').Stack} stack that is running
 * @param {import('./containers.mjs').ImageServer} imageServer
 * @param {number} port at which the proxy is published
 * @returns {import('./checklist.mjs').Check[]}
 */
export function networks(stack, imageServer, port) {
  const outside = `${stack.project}_outside`;
  const inside = `${stack.project}_inside`;

  /** By service: the id of its container and its address in each network. */
  const known = async () => {
    const place = async (/** @type {string} */ service) => {
      const { Id: id, NetworkSettings } = await stack.container(service);
      const addresses = Object.entries(NetworkSettings.Networks).map(([name, { IPAddress }]) => [name, IPAddress]);
      return { id, at: /** @type {Record<string, string>} */ (Object.fromEntries(addresses)) };
    };
    const [proxy, auth, pyramids, images, certbot] = await Promise.all([
      place('proxy'),
      place('auth'),
      place('pyramids'),
      place('image-server'),
      place('certbot'),
    ]);
    return { proxy, auth, pyramids, images, certbot };
  };
  /** @type {(container: {id: string}, host: string | undefined, port: number) => Promise<boolean>} */
  const reaches = async ({ id }, host, there) => (await inContainer(id, knock(String(host), there))).status === 0;

  return [
    {
      title: 'two networks and no third one; each container is where it has to be',
      async run() {
        const filter = ['--filter', `label=com.docker.compose.project=${stack.project}`];
        const all = await docker('network', 'ls', ...filter, '--format', '{{.Name}}');
        assert.deepEqual(all.trim().split('\n').sort(), [inside, outside]);
        const at = Object.entries(await known()).map(([name, container]) => [name, Object.keys(container.at).sort()]);
        assert.deepEqual(Object.fromEntries(at), {
          proxy: [inside, outside],
          auth: [inside],
          pyramids: [inside],
          images: [inside],
          certbot: [outside],
        });
      },
    },
    {
      title: 'the proxy reaches auth, pyramids and the image server, auth pyramids, certbot the proxy',
      async run() {
        const { proxy, auth, certbot } = await known();
        assert.ok(await reaches(proxy, 'auth', 3000));
        assert.ok(await reaches(proxy, 'pyramids', 8081));
        assert.ok(await reaches(proxy, 'image-server', 8080));
        assert.ok(await reaches(auth, 'pyramids', 8081));
        assert.ok(await reaches(certbot, 'proxy', 8080));
      },
    },
    {
      title: 'auth, pyramids and the image server reach nothing else: not this computer, not its network, not certbot',
      async run() {
        const { proxy, auth, pyramids, images, certbot } = await known();
        const server = await neighbour();
        try {
          const there = portOf(server);
          const [{ IPAM }] = JSON.parse(await docker('network', 'inspect', outside));
          const gateway = IPAM.Config[0].Gateway;
          assert.ok(await reaches(certbot, gateway, there), 'whoever is in the outer network can');
          const own = JSON.parse(await docker('network', 'inspect', inside))[0].IPAM.Config[0].Gateway;
          /** @type {[string | undefined, number][]} */
          const targets = [
            [proxy.at[outside], 8080],
            [certbot.at[outside], 80],
            ['192.0.2.1', 80],
          ];
          for (const address of new Set([gateway, own, ...ownAddresses()]))
            targets.push([address, there], [address, port]);
          for (const [name, container] of Object.entries({ auth, pyramids, images })) {
            const answers = await Promise.all(targets.map(([host, at]) => reaches(container, host, at)));
            const reached = targets.filter((_, index) => answers[index]).map((target) => target.join(':'));
            assert.deepEqual(reached, [], name);
          }
        } finally {
          server.close();
        }
      },
    },
    {
      title: 'auth, pyramids and the image server know no name outside their network, and nobody outside knows theirs',
      async run() {
        const { auth, pyramids, images, certbot } = await known();
        const address = async (/** @type {{id: string}} */ { id }, /** @type {string} */ name) =>
          (await inContainer(id, ['timeout', '5', 'getent', 'hosts', name])).text;
        assert.match(await address(auth, 'image-server'), /\d/);
        assert.match(await address(certbot, 'proxy'), /\d/);
        /** @type {[{id: string}, string][]} */
        const unknown = [
          [auth, 'certbot'],
          [auth, 'example.org'],
          [pyramids, 'certbot'],
          [pyramids, 'example.org'],
          [images, 'certbot'],
          [images, 'example.org'],
          [certbot, 'auth'],
          [certbot, 'pyramids'],
          [certbot, 'image-server'],
        ];
        assert.deepEqual(await Promise.all(unknown.map((pair) => address(...pair))), Array(unknown.length).fill(''));
      },
    },
    {
      title: 'auth, pyramids and the image server cannot be reached: by certbot, by this computer, by other containers',
      async run() {
        const all = await known();
        const { Image } = await stack.container('proxy');
        const stranger = ['run', '--rm', '--network', 'bridge', '--entrypoint', 'timeout', Image];
        for (const [name, { port: there, path, sign }] of /** @type {const} */ ([
          ['auth', signs.auth],
          ['pyramids', signs.pyramids],
          ['images', signs[imageServer]],
        ])) {
          const host = all[name].at[inside];
          const asked = question(host, there, path);
          assert.match((await inContainer(all.proxy.id, asked)).text, sign, `the proxy reaches ${name}`);
          assert.doesNotMatch((await inContainer(all.certbot.id, asked)).text, sign, `certbot reaches ${name}`);
          assert.doesNotMatch(await fromHere(host, there, path), sign, `this computer reaches ${name}`);
          const answer = await docker(...stranger, ...asked.slice(1)).catch(
            (/** @type {unknown} */ error) => /** @type {import('./engine.mjs').Failure} */ (error).stdout,
          );
          assert.doesNotMatch(answer, sign, `another container reaches ${name}`);
        }
      },
    },
  ];
}
