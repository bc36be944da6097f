/** The commands of W3C WebDriver that the tests need: method and path below the session. */
/** @type {Record<string, [method: string, path: string]>} */
const COMMANDS = {
  NewSession: ['POST', ''],
  DeleteSession: ['DELETE', ''],
  Navigate: ['POST', '/url'],
  ExecuteAsyncScript: ['POST', '/execute/async'],
  ElementClick: ['POST', '/element/{id}/click'],
  TakeScreenshot: ['GET', '/element/{id}/screenshot'],
  GetWindowHandle: ['GET', '/window'],
  GetWindowHandles: ['GET', '/window/handles'],
  SwitchToWindow: ['POST', '/window'],
  GetCookies: ['GET', '/cookie'],
};

/**
 * W3C WebDriver over HTTP, as WebKitWebDriver speaks it.
 * @param {string} base address of the driver
 * @returns {import('./browser.mjs').Transport}
 */
export function overHttp(base) {
  let session = '';
  return {
    async send(command, parameters) {
      const [method, path] = COMMANDS[command];
      const url = `${base}/session${session}${path.replace('{id}', parameters.id ?? '')}`;
      const answer = await fetch(url, { method, ...(method === 'POST' && { body: JSON.stringify(parameters) }) });
      const { value } = await answer.json();
      if (!answer.ok) throw Object.assign(new Error(`${command}: ${value.message}`), { code: value.error });
      if (command === 'NewSession') session = `/${value.sessionId}`;
      return value;
    },
    close: () => undefined,
  };
}
