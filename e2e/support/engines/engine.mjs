import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { descendants } from '../../../test-support/processes.mjs';
import { startGateway } from './gateway.mjs';
import { startFirefox } from './firefox.mjs';
import { Browser } from './browser.mjs';
import { startWebKit } from './webkit.mjs';

const STARTERS = { Firefox: startFirefox, WebKit: startWebKit };

/**
 * Starts Debian's Firefox or WebKitGTK with a fresh profile. Certificates without a known issuer count.
 * @param {'Firefox' | 'WebKit'} name
 * @param {string[]} [hosts] names that are this machine, for https
 * @returns {Promise<{browser: Browser, stop: () => Promise<void>}>}
 */
export async function startEngine(name, hosts = []) {
  const home = await mkdtemp(join(tmpdir(), `vitrine-${name.toLowerCase()}-`));
  const gateway = await startGateway(hosts);
  /** @type {import('./child.mjs').Child[]} */
  const children = [];
  const stop = async () => {
    const all = children.flatMap(({ pid }) => [...descendants(pid).map((one) => one.pid), pid]);
    for (const pid of all) quietly(() => process.kill(pid, 'SIGKILL'));
    await Promise.all(children.map(({ ended }) => ended));
    await gateway.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const { transport, capabilities } = await STARTERS[name]({ home, gateway: gateway.port, children });
    await transport.send('NewSession', {
      capabilities: { alwaysMatch: { acceptInsecureCerts: true, ...capabilities } },
    });
    const browser = new Browser(transport);
    return {
      browser,
      async stop() {
        await transport.send('DeleteSession', {}).catch(() => undefined);
        transport.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {() => void} act */
function quietly(act) {
  try {
    act();
  } catch {
    // it has ended meanwhile
  }
}
