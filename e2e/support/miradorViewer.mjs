/** Where Mirador paints. */
export const CANVAS = '.openseadragon-container';

/**
 * @param {import('playwright-core').Locator} place
 * @returns {Promise<{x: number, y: number, width: number, height: number}>} where the first of it is, in CSS pixels of the
 *   page's window; throws where it cannot be seen
 */
export async function boxOf(place) {
  const box = await place.first().boundingBox();
  if (box === null) throw new Error(`${place.toString()} cannot be seen`);
  return box;
}

/**
 * What a reader does in Mirador, by its own controls.
 * @param {import('playwright-core').Page} page
 * @param {'mirador' | 'mirador4'} [version] 3, if not given
 */
export function mirador(page, version = 'mirador') {
  return {
    /** Opens a manifest in the viewer of that web site. */
    open: (/** @type {string} */ site, /** @type {string} */ manifest) =>
      page.goto(`${site}/pages/${version}.html?manifest=${encodeURIComponent(manifest)}`),
    loginBar: page.getByText('Log in to Vitrine', { exact: true }),
    logoutButton: page.getByRole('button', { name: 'Log out of Vitrine' }),
    nextButton: page.getByRole('button', { name: 'Next item' }),
    previousButton: page.getByRole('button', { name: 'Previous item' }),

    /** The bar of an access service, by its label. */
    bar: (/** @type {string} */ label) => page.getByText(label, { exact: true }),

    /**
     * Opens an access service by its bar.
     * @param {string} label
     * @param {string} confirm its `confirmLabel`
     * @returns {Promise<import('playwright-core').Page>} the tab, which may be closed already
     */
    async accept(label, confirm) {
      await this.bar(label).click();
      const opened = page.context().waitForEvent('page');
      await page.getByRole('button', { name: confirm, exact: true }).click();
      return opened;
    },

    /** @returns {Promise<import('playwright-core').Page>} the tab that the login bar opens, showing our form */
    async openLogin() {
      await this.loginBar.click();
      const opened = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Log in', exact: true }).click();
      const tab = await opened;
      await tab.getByLabel('Password').waitFor();
      return tab;
    },

    async logOut() {
      const opened = page.context().waitForEvent('page');
      await this.logoutButton.click();
      return opened;
    },

    /** Turns the mouse wheel above the picture, so that the viewer needs tiles that it has not asked for yet. */
    async zoomIn() {
      const { x, y, width, height } = await boxOf(page.locator(CANVAS));
      await page.mouse.move(x + width / 2, y + height / 2);
      for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, -400);
    },
  };
}
