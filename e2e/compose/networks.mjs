// Who can reach whom. Tried from within the containers of a running stack, by address and by name.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { inContainer, run } from './engine.mjs';

const services = ['proxy', 'auth', 'image-server', 'certbot'];

/** What bash needs for a connection; it ends after two seconds. */
const knock = (host, port) => ['timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${host}/${port}`];

/** Something on this computer that listens at every address of it. */
async function neighbour() {
  const server = createServer((socket) => socket.destroy()).listen(0, '0.0.0.0');
  await once(server, 'listening');
  return server;
}

const ownAddresses = () =>
  Object.values(networkInterfaces())
    .flat()
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

/**
 * What bash needs for a question in HTTP. A connection alone is no proof that it came to where it should: some networks
 * have somebody who takes every one.
 */
const question = (host, port, path) => {
  const script = `exec 3<>/dev/tcp/${host}/${port} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;
  return ['timeout', '2', 'bash', '-c', script];
};

function fromHere(host, port, path) {
  return new Promise((resolve) => {
    const sent = get({ host, port, path, agent: false, signal: AbortSignal.timeout(2000) }, async (answer) => {
      const parts = await answer.toArray().catch(() => []);
      resolve(Buffer.concat(parts).toString());
    });
    sent.on('error', () => resolve(''));
  });
}

/** A question that only the one who is meant answers like this. */
const signs = {
  auth: { port: 3000, path: '/auth/iiif-login', sign: /name="password"/ },
  digilib: { port: 8080, path: '/digilib/Scaler/vitrine-images/maps!island.tif/info.json', sign: /"width"\s*:\s*4000/ },
  iipsrv: { port: 8080, path: '/iiif/maps/island.tif/info.json', sign: /"width"\s*:\s*4000/ },
};

/**
 * @param {import('./engine.mjs').Stack} stack that is running
 * @param {'digilib' | 'iipsrv'} imageServer
 * @param {number} port at which the proxy is published
 * @returns {{title: string, run: () => Promise<void>}[]}
 */
export function networks(stack, imageServer, port) {
  const outside = `${stack.project}_outside`;
  const inside = `${stack.project}_inside`;

  /** By service: the id of its container and its address in each network. */
  const known = async () => {
    const entries = await Promise.all(services.map(async (name) => [name, await stack.container(name)]));
    return Object.fromEntries(
      entries.map(([name, { Id, NetworkSettings, HostConfig }]) => {
        const addresses = Object.entries(NetworkSettings.Networks).map(([network, { IPAddress }]) => [
          network,
          IPAddress,
        ]);
        return [name, { id: Id, mode: HostConfig.NetworkMode, at: Object.fromEntries(addresses) }];
      }),
    );
  };
  const reaches = async ({ id }, host, there) => (await inContainer(id, knock(host, there))).status === 0;

  return [
    {
      title: 'two networks and no third one; each container is where it has to be',
      async run() {
        const filter = ['--filter', `label=com.docker.compose.project=${stack.project}`];
        const all = await run('docker', ['network', 'ls', ...filter, '--format', '{{.Name}}']);
        assert.deepEqual(all.trim().split('\n').sort(), [inside, outside]);
        const at = Object.entries(await known()).map(([name, container]) => [name, Object.keys(container.at).sort()]);
        assert.deepEqual(Object.fromEntries(at), {
          proxy: [inside, outside],
          auth: [inside],
          'image-server': [inside],
          certbot: [outside],
        });
      },
    },
    {
      title: 'the proxy reaches auth and the image server, auth the image server, certbot the proxy',
      async run() {
        const { proxy, auth, certbot } = await known();
        assert.ok(await reaches(proxy, 'auth', 3000));
        assert.ok(await reaches(proxy, 'image-server', 8080));
        assert.ok(await reaches(auth, 'image-server', 8080));
        assert.ok(await reaches(certbot, 'proxy', 8080));
      },
    },
    {
      title: 'auth and the image server reach nothing else: not this computer, not its network, not certbot',
      async run() {
        const { proxy, auth, 'image-server': images, certbot } = await known();
        const server = await neighbour();
        try {
          const there = server.address().port;
          const [{ IPAM }] = JSON.parse(await run('docker', ['network', 'inspect', outside]));
          const gateway = IPAM.Config[0].Gateway;
          assert.ok(await reaches(certbot, gateway, there), 'whoever is in the outer network can');
          const own = JSON.parse(await run('docker', ['network', 'inspect', inside]))[0].IPAM.Config[0].Gateway;
          const targets = [...new Set([gateway, own, ...ownAddresses()])].flatMap((address) => [
            [address, there],
            [address, port],
          ]);
          targets.push([proxy.at[outside], 8080], [certbot.at[outside], 80], ['192.0.2.1', 80]);
          for (const [name, container] of Object.entries({ auth, images })) {
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
      title: 'auth and the image server know no name outside their network, and nobody outside knows theirs',
      async run() {
        const { auth, 'image-server': images, certbot } = await known();
        const address = async ({ id }, name) => (await inContainer(id, ['timeout', '5', 'getent', 'hosts', name])).text;
        assert.match(await address(auth, 'image-server'), /\d/);
        assert.match(await address(certbot, 'proxy'), /\d/);
        const unknown = [
          [auth, 'certbot'],
          [auth, 'example.org'],
          [images, 'certbot'],
          [images, 'example.org'],
          [certbot, 'auth'],
          [certbot, 'image-server'],
        ];
        assert.deepEqual(await Promise.all(unknown.map((pair) => address(...pair))), Array(unknown.length).fill(''));
      },
    },
    {
      title: 'auth and the image server cannot be reached: by certbot, by this computer, by other containers',
      async run() {
        const all = await known();
        const { Image } = await stack.container('proxy');
        const stranger = ['run', '--rm', '--network', 'bridge', '--entrypoint', 'timeout', Image];
        for (const [name, { port: there, path, sign }] of [
          ['auth', signs.auth],
          ['image-server', signs[imageServer]],
        ]) {
          const host = all[name].at[inside];
          const asked = question(host, there, path);
          assert.match((await inContainer(all.proxy.id, asked)).text, sign, `the proxy reaches ${name}`);
          assert.doesNotMatch((await inContainer(all.certbot.id, asked)).text, sign, `certbot reaches ${name}`);
          assert.doesNotMatch(await fromHere(host, there, path), sign, `this computer reaches ${name}`);
          const answer = await run('docker', [...stranger, ...asked.slice(1)]).catch((error) => error.stdout);
          assert.doesNotMatch(answer, sign, `another container reaches ${name}`);
        }
      },
    },
  ];
}
