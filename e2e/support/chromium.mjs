import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', // root has no other way
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--lang=en',
];
/** Whatever a page asks for, nothing leaves this machine. */
const NOWHERE = 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
/** Values of Chromium's own preference. Debian's Chromium blocks where nobody has chosen. */
const COOKIE_CONTROLS = { allowed: 0, blocked: 1 };

/**
 * @typedef {object} ChromiumOptions
 * @property {'allowed' | 'blocked'} [thirdPartyCookies] cookies of a site that is not the one in the address bar
 * @property {string} [host] a name that is this machine
 * @property {string} [trusted] hash of the one public key that counts without an issuer (base64 of SHA-256)
 * @property {import('playwright-core').BrowserContextOptions} [context] what else playwright's persistent context takes
 */

/**
 * Starts Debian's Chromium with a fresh profile: another person at another computer.
 * @param {ChromiumOptions} [options]
 * @returns {Promise<import('playwright-core').BrowserContext>} closing it ends the browser and removes the profile
 */
export async function startChromium({ thirdPartyCookies = 'allowed', host, trusted, context: more = {} } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'vitrine-chromium-'));
  const preferences = { profile: { cookie_controls_mode: COOKIE_CONTROLS[thirdPartyCookies] } };
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: [
      ...FLAGS,
      `--host-resolver-rules=${host === undefined ? '' : `MAP ${host} 127.0.0.1, `}${NOWHERE}`,
      ...(trusted === undefined ? [] : [`--ignore-certificate-errors-spki-list=${trusted}`]),
    ],
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    ...more,
  });
  context.setDefaultTimeout(60_000);
  const close = context.close.bind(context);
  context.close = async () => {
    await close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return context;
}
