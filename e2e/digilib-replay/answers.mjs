import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/digilib');
const started = new Date().toUTCString(); // digilib: the second in which it read the folder, not the file's own

const recorded = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.http'))
    .map((name) => {
      const [head = '', body = ''] = readFileSync(join(folder, name), 'utf8').split('\n\n', 2);
      const [line = '', ...fields] = head.split('\n');
      const headers = fields.map((field) => {
        const [key = '', value = ''] = field.split(/: (.*)/, 2);
        return { key, value };
      });
      const answer = { status: Number(line.split(' ')[1]), headers, body: body.trimEnd() };
      return /** @type {const} */ ([name.slice(0, -'.http'.length), answer]);
    }),
);

/**
 * Sends a recorded answer; `{name}` in its head and body becomes `values[name]`.
 * @param {import('node:http').ServerResponse} response
 * @param {string} name
 * @param {Record<string, string | number | undefined>} [values]
 * @param {Buffer} [body] bytes instead of the recorded text, for pictures
 */
export function send(response, name, values = {}, body) {
  const answer = recorded.get(name);
  if (!answer) throw new Error(`there is no recording of ${name}`);
  /** @type {typeof values} */
  const known = { started, length: '', ...values };
  const fill = (/** @type {string} */ text) =>
    text.replace(/\{([a-z]+)\}/g, (whole, /** @type {string} */ key) => String(known[key] ?? whole));
  const bytes = body ?? Buffer.from(fill(answer.body));
  known['length'] = bytes.length;
  response.sendDate = true;
  response.removeHeader('Connection'); // Tomcat says nothing when it keeps a connection
  for (const { key, value } of answer.headers) response.setHeader(key, fill(value));
  response.writeHead(answer.status, ''); // Tomcat sends no reason after the number
  return response.end(bytes);
}
