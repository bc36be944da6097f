import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const digilibsOwn = {
  'basedir-list': 'sample-images',
  'iiif-prefix': 'IIIF',
  'worker-threads': '2',
  'max-waiting-threads': '20',
};

/** @type {(element: string) => Record<string, string>} */
const attributes = (element) =>
  Object.fromEntries([...element.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));

/**
 * What Tomcat reads from conf/server.xml.
 * @param {string} base
 */
export function connector(base) {
  const text = readFileSync(join(base, 'conf/server.xml'), 'utf8');
  return attributes(/<Connector\s[^>]*>/.exec(text)?.[0] ?? '');
}

/**
 * What digilib reads from WEB-INF/digilib-config.xml; where there is no such file, it goes on with its own settings.
 * @param {string} base
 * @returns {Record<string, string>}
 */
export function settings(base) {
  let text = '';
  try {
    text = readFileSync(join(base, 'webapps/digilib/WEB-INF/digilib-config.xml'), 'utf8');
  } catch {
    console.error('No digilib config file! Using defaults!');
  }
  const parameters = [...text.matchAll(/<parameter\s[^>]*>/g)].map(([element]) => attributes(element));
  return { ...digilibsOwn, ...Object.fromEntries(parameters.map((one) => [one['name'], one['value']])) };
}
