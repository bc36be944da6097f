import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../test-support/until.mjs';
import { startChild } from './child.mjs';
import { openMarionette } from './marionette.mjs';

/** As it comes, but for what it asks of others by itself. Its protection against tracking stays as it is: `standard`. */
const PREFERENCES = {
  'marionette.port': 0, // it chooses one, and writes it down
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'intl.accept_languages': 'en',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
};

/**
 * @param {import('./browser.mjs').Surroundings} surroundings
 * @returns {Promise<import('./browser.mjs').Driver>}
 */
export async function startFirefox({ home, gateway, children }) {
  const proxy = { type: 1, socks: '127.0.0.1', socks_port: gateway, socks_version: 5, socks_remote_dns: true };
  const network = Object.entries(proxy).map(([name, value]) => [`network.proxy.${name}`, value]);
  const lines = [...Object.entries(PREFERENCES), ...network].map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(home, 'user.js'), lines.join(''));
  const env = {
    ...process.env,
    HOME: home,
    XDG_CACHE_HOME: home,
    XDG_RUNTIME_DIR: home,
    MOZ_CRASHREPORTER_DISABLE: '1',
  };
  startChild(children, 'firefox-esr', ['--headless', '--marionette', '--no-remote', '--profile', home], { env });
  const port = await until(
    'Firefox listens',
    async () => Number(await readFile(join(home, 'MarionetteActivePort'), 'utf8').catch(() => 0)) || false,
    60,
  );
  return { transport: await openMarionette(port), capabilities: {} };
}
