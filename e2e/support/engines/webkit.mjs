import { globSync } from 'node:fs';
import { freePort } from '../../../test-support/ports.mjs';
import { until } from '../../../test-support/until.mjs';
import { startChild } from './child.mjs';
import { overHttp } from './webdriver.mjs';

/**
 * WebKitGTK's own small browser, which has its window on a display that nobody sees.
 * @param {import('./browser.mjs').Surroundings} surroundings
 * @returns {Promise<import('./browser.mjs').Driver>}
 */
export async function startWebKit({ home, gateway, children }) {
  const screen = ['-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-displayfd', '3'];
  const display = startChild(children, 'Xvfb', screen, { env: process.env, extra: 'pipe' });
  const number = await new Promise((resolve, reject) => {
    display.stdio[3]?.once('data', (text) => {
      resolve(String(text).trim());
    });
    display.once('close', () => {
      reject(new Error('Xvfb does not start.'));
    });
  });
  const port = await freePort();
  const env = {
    ...process.env,
    DISPLAY: `:${number}`,
    HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_RUNTIME_DIR: home,
    GTK_A11Y: 'none',
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
    LIBGL_ALWAYS_SOFTWARE: '1',
    LANGUAGE: 'en',
  };
  startChild(children, 'WebKitWebDriver', [`--port=${port}`], { env });
  const base = `http://127.0.0.1:${port}`;
  await until('WebKitWebDriver answers', () =>
    fetch(`${base}/status`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  // Its own options, because what WebDriver says of proxies does not reach its https.
  const args = [
    '--automation',
    `--proxy=socks5://127.0.0.1:${gateway}`,
    '--ignore-host=localhost',
    '--ignore-host=127.0.0.1',
  ];
  const [binary] = globSync('/usr/lib/*/webkit2gtk-4.1/MiniBrowser');
  return { transport: overHttp(base), capabilities: { 'webkitgtk:browserOptions': { binary, args } } };
}
