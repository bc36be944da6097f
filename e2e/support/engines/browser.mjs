import { until } from '../../../test-support/until.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * @typedef {'field' | 'button' | 'text' | 'selector'} Kind of what is looked for
 *
 * @typedef {{id?: string, capabilities?: {alwaysMatch: object}, [name: string]: unknown}} CommandParameters
 *
 * @typedef {object} Transport of WebDriver
 * @property {(command: string, parameters: CommandParameters) => Promise<any>} send rejects with a {@link DriverError}
 * @property {() => void} close
 *
 * @typedef {Error & {code: string}} DriverError `code`: as WebDriver calls it, "no such window"
 *
 * @typedef {import('./child.mjs').Child} Child
 *
 * @typedef {object} Surroundings of a browser
 * @property {string} home folder of its profile
 * @property {number} gateway port of the proxy that leads nowhere else
 * @property {Child[]} children where its programs are noted
 *
 * @typedef {{transport: Transport, capabilities: object}} Driver
 */

const MOVING = ['element not interactable', 'element click intercepted', 'stale element reference'];

/**
 * @param {Kind} kind
 * @param {string} name
 * @returns {Element | undefined} what can be seen and has this name; runs in the page
 */
function find(kind, name) {
  /** @type {(one: Element) => string | null} */
  const said = (one) => one.getAttribute('aria-label') ?? one.textContent;
  /** @type {(one: Element) => boolean} */
  const fits = (one) => said(one)?.trim() === name && one.getClientRects().length > 0;
  /** @type {(selector: string) => Element[]} */
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (kind === 'field') return [...document.querySelectorAll('label')].find(fits)?.control ?? undefined;
  if (kind === 'button') return all('button, a').find(fits);
  if (kind === 'text') {
    const innermost = all('body *').findLast(fits);
    return innermost?.closest('button, [role=button]') ?? innermost; // what is to be clicked, to WebKitWebDriver
  }
  return document.querySelector(name) ?? undefined;
}

/**
 * @param {Element | undefined} element
 * @returns {Promise<Element | null>} the same if it does not move and nothing is in front of it; runs in the page
 */
async function atRest(element) {
  if (!element) return null;
  const place = () => element.getBoundingClientRect();
  element.scrollIntoView({ block: 'nearest' });
  const before = JSON.stringify(place());
  await new Promise((resolve) => setTimeout(resolve, 200));
  if (before !== JSON.stringify(place())) return null;
  const { x, y, width, height } = place();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2)) ? element : null;
}

/** A browser that is driven by WebDriver, in the words of a reader; it looks at one of its tabs at a time. */
export class Browser {
  /** @type {Transport} */
  #transport;

  /** @param {Transport} transport */
  constructor(transport) {
    this.#transport = transport;
  }

  /**
   * Opens an address in the tab, and waits until it is loaded.
   * @param {string} url
   */
  async go(url) {
    await this.#transport.send('Navigate', { url });
  }

  /**
   * Runs a function in the page.
   * @template {unknown[]} P
   * @template T
   * @param {(...parameters: P) => T} work knows nothing but its parameters; may return a promise
   * @param {P} parameters
   * @returns {Promise<Awaited<T>>}
   */
  read(work, ...parameters) {
    return this.#run(String(work), parameters);
  }

  /**
   * @param {string} work source text of a function
   * @param {unknown[]} parameters
   */
  async #run(work, parameters) {
    const script = `const [done, all] = [arguments[arguments.length - 1], [...arguments].slice(0, -1)];
      Promise.resolve().then(() => (${work})(...all)).then(done, (error) => done({ failed: String(error) }));`;
    const answer = await this.#transport.send('ExecuteAsyncScript', { script, args: parameters });
    if (answer?.failed) throw new Error(answer.failed);
    return answer;
  }

  /**
   * Presses a button, or a link.
   * @param {string} name
   */
  async press(name) {
    await this.#clickOn('button', name);
  }

  /**
   * Presses what a selector finds.
   * @param {string} selector
   */
  async pressAt(selector) {
    await this.#clickOn('selector', selector);
  }

  /**
   * Clicks on a text.
   * @param {string} text
   */
  async click(text) {
    await this.#clickOn('text', text);
  }

  /**
   * Fills in a field at once: WebKitWebDriver takes its time for each key.
   * @param {string} label
   * @param {string} text
   */
  async paste(label, text) {
    await this.#element('field', label);
    await this.#run(`(label, text) => void ((${find.toString()})('field', label).value = text)`, [label, text]);
  }

  /**
   * Waits for a text that is all of an element.
   * @param {string} text
   */
  async sees(text) {
    await this.#element('text', text);
  }

  /**
   * @param {string} selector
   * @returns {Promise<string>} what a part of the page looks like, a PNG in base64
   */
  async picture(selector) {
    const id = await this.#element('selector', selector);
    return this.#transport.send('TakeScreenshot', { id, full: false });
  }

  /**
   * Does something that opens a tab, does what the tab asks, and waits until the tab has closed itself.
   * @param {() => Promise<void>} open
   * @param {() => Promise<void>} [act]
   */
  async inTab(open, act = () => Promise.resolve()) {
    const before = await this.#handles();
    const own = await this.#transport.send('GetWindowHandle', {});
    await this.read(noteTabs);
    const opened = async () => {
      const tab = (await this.#handles()).find((one) => !before.includes(one));
      if (tab !== undefined) return { tab };
      return (await this.read(() => window.lastTab?.closed)) && { tab }; // it may have closed itself already
    };
    await open();
    const { tab } = await until('the tab', opened);
    if (tab) {
      await this.#switchTo(tab).then(act).catch(ofClosedTab);
      await until('the tab closes', async () => !(await this.#handles()).includes(tab));
    }
    await this.#switchTo(own);
  }

  /** Waits until there is no other tab than this. */
  async isAlone() {
    await until('all other tabs have closed', async () => (await this.#handles()).length === 1);
  }

  /** @returns {Promise<{name: string, value: string, sameSite?: string}[]>} */
  async cookies() {
    return this.#transport.send('GetCookies', {});
  }

  /**
   * While a page still moves its parts, a click would hit another one.
   * @param {Kind} kind
   * @param {string} name
   */
  async #clickOn(kind, name) {
    await until(`${kind} ${name} can be clicked`, async () => {
      const work = `async (...all) => (${atRest.toString()})((${find.toString()})(...all))`;
      const found = await this.#run(work, [kind, name]);
      const clicked = found && this.#transport.send('ElementClick', { id: found[ELEMENT] });
      return clicked?.then(
        () => true,
        (/** @type {DriverError} */ error) => {
          if (!MOVING.includes(error.code)) throw error;
          return false;
        },
      );
    });
  }

  /** @returns {Promise<string[]>} */
  async #handles() {
    return this.#transport.send('GetWindowHandles', {});
  }

  /** @param {string} handle */
  #switchTo(handle) {
    return this.#transport.send('SwitchToWindow', { handle, name: handle });
  }

  /**
   * @param {Kind} kind
   * @param {string} name
   * @returns {Promise<string>} its identifier to WebDriver
   */
  async #element(kind, name) {
    const work = `(...all) => (${find.toString()})(...all) ?? null`;
    const found = await until(`${kind} ${name}`, () => this.#run(work, [kind, name]));
    return found[ELEMENT];
  }
}

/** Has the page remember the last tab that it opened; runs in the page. */
function noteTabs() {
  window.lastTab = undefined;
  window.openTab ??= window.open.bind(window);
  window.open = (...parameters) => (window.lastTab = window.openTab?.(...parameters) ?? null);
}

/**
 * A tab that closes while it is looked at is what is wanted.
 * @param {DriverError} error
 */
function ofClosedTab(error) {
  if (error.code !== 'no such window') throw error;
}
