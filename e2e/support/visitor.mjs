import { startChromium } from './chromium.mjs';
import { Traffic } from './traffic.mjs';

/** @import { BrowserContext, Page } from 'playwright-core' */

/**
 * Somebody with a browser of their own, which is closed when the test ends.
 * @param {import('node:test').TestContext} t
 * @param {import('./chromium.mjs').ChromiumOptions} [options]
 * @returns {Promise<{context: BrowserContext, page: Page, traffic: Traffic}>} `page` is the first tab
 */
export async function visitor(t, options) {
  const context = await startChromium(options);
  const [page] = context.pages();
  const traffic = await Traffic.of(page);
  t.after(async () => {
    // @ts-expect-error Node has had it since 21.7, its types have not
    if (!t.passed) console.error(`${traffic.toString()}\n${traffic.pageErrors.join('\n')}`);
    await context.close();
  });
  return { context, page, traffic };
}

/**
 * Fills in and sends the login form of a tab that shows it.
 * @param {Page} tab
 * @param {import('./loggedIn.mjs').Person} person
 */
export async function logIn(tab, { email, password }) {
  // The page speaks the language of the browser.
  await tab.getByLabel(/^(?:E-mail address|E-Mail-Adresse)$/).fill(email);
  await tab.getByLabel(/^(?:Password|Passwort)$/).fill(password);
  await tab.getByRole('button', { name: /^(?:Log in|Anmelden)$/ }).click();
}

/**
 * Keeps what is posted to a page from now on.
 * @param {Page} page before it is opened
 * @returns {Promise<() => Promise<Window['keptMessages']>>} asks for all messages so far
 */
export async function keepMessages(page) {
  await page.addInitScript(() => {
    window.keptMessages = [];
    window.addEventListener('message', ({ data, origin }) => window.keptMessages.push({ data, origin }));
  });
  return () => page.evaluate(() => window.keptMessages);
}
