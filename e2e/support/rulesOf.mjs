import { logIn, visitor } from './visitor.mjs';

/** @import { Page } from 'playwright-core' */

/**
 * The page of rules in the panel.
 * @param {import('./serve.mjs').Vitrine} vitrine
 */
export function rulesOf(vitrine) {
  return {
    openRules: async (/** @type {Page} */ page, place = '.') => {
      await page.goto(`${vitrine.url}/auth/admin/resources/rules?place=${encodeURIComponent(place)}`);
      await page.getByRole('tree').waitFor();
    },

    /** Somebody at the panel. */
    curator: async (/** @type {import('node:test').TestContext} */ t, locale = 'en-GB') => {
      const { page } = await visitor(t, { context: { locale } });
      await page.goto(`${vitrine.url}/auth/admin/`);
      await logIn(page, vitrine.admin);
      await page.waitForURL(`${vitrine.url}/auth/admin/`);
      return page;
    },

    /** Saves what was said to touch something. */
    save: async (/** @type {Page} */ page, /** @type {string} */ touched) => {
      await page.getByRole('button', { name: 'Save' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(touched).waitFor();
      await dialog.getByRole('button', { name: 'Save' }).click();
    },

    /** What is said of the place that is chosen. */
    holds: (/** @type {Page} */ page) => page.getByRole('region', { name: 'What holds here' }),
  };
}
