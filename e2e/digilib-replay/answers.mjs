import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/digilib');
const started = new Date().toUTCString(); // digilib: the second in which it read the folder, not the file's own

const recorded = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.http'))
    .map((name) => {
      const [head, body] = readFileSync(join(folder, name), 'utf8').split('\n\n', 2);
      const [line, ...fields] = head.split('\n');
      const headers = fields.map((field) => field.split(/: (.*)/, 2));
      return [name.slice(0, -'.http'.length), { status: Number(line.split(' ')[1]), headers, body: body.trimEnd() }];
    }),
);

/**
 * Sends a recorded answer; `{name}` in its head and body becomes `values[name]`.
 * @param body bytes instead of the recorded text, for pictures
 */
export function send(response, name, values = {}, body = undefined) {
  const answer = recorded.get(name);
  const fill = (text) => text.replace(/\{([a-z]+)\}/g, (whole, key) => ({ started, length, ...values })[key] ?? whole);
  let length = '';
  const bytes = body ?? Buffer.from(fill(answer.body));
  length = String(bytes.length);
  response.sendDate = true;
  response.removeHeader('Connection'); // Tomcat says nothing when it keeps a connection
  for (const [field, value] of answer.headers) response.setHeader(field, fill(value));
  response.writeHead(answer.status, ''); // Tomcat sends no reason after the number
  response.end(bytes);
}
