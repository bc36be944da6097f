import { expect, it } from 'vitest';
import { browserName } from './browserName.ts';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROMIUM = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140, Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36`, 'Chrome 142, Windows'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROMIUM} HeadlessChrome/142.0.0.0 Safari/537.36`, 'Chrome 142, Linux'],
  [`Mozilla/5.0 (Windows NT 10.0) ${CHROMIUM} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'Edge 142, Windows'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROMIUM} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'Opera 124, Linux'],
  [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/26.1 Safari/605.1.15`, 'Safari 26, macOS'],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${WEBKIT} Version/26.1 Mobile/15E148 Safari/604.1`,
    'Safari 26, iPhone',
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${CHROMIUM} Chrome/142.0.0.0 Mobile Safari/537.36`, 'Chrome 142, Android'],
  ['Mozilla/5.0 (Unheard of) Firefox/140.0', 'Firefox 140'],
  ['curl/8.14.1', 'curl/8.14.1'],
  ['', ''],
  ['x'.repeat(61), `${'x'.repeat(60)}…`],
])('calls %s by its name', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});
