import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PyramidsClient, type Master } from './client.ts';

const masters: Master[] = [{ key: 'ab', path: 'a.tif', state: '1' }];
const page = { width: 6, height: 4, form: 'made', tile: { width: 512, height: 512 }, native: true };
const picture = { kind: 'picture', pages: [{ ...page, levels: [{ width: 16, height: 16 }] }] };
const source = `ab/${'0'.repeat(62)}-0.tif`;

let server: Server;
let answer: { status: number; body: string } | undefined;
let asked: unknown[];
let lines: string[];
let client: PyramidsClient;
beforeAll(async () => {
  server = createServer((request, response) => {
    void json(request).then((body) => {
      asked.push([request.url, body]);
      if (answer) response.writeHead(answer.status).end(answer.body);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  [answer, asked, lines] = [undefined, [], []];
  const say = (_: object, message: string) => void lines.push(message);
  client = new PyramidsClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { info: say, warn: say });
});

const answers = (body: unknown): void => {
  answer = { status: 200, body: JSON.stringify(body) };
};

it('asks for the facts of many, and whether a page is ready', async () => {
  answers({ facts: [picture] });
  expect(await client.facts(masters, 'sweep')).toEqual([picture]);
  answers({ kind: 'ready', source, native: true });
  expect(await client.ready(masters[0] as Master, 0, 1)).toEqual({ kind: 'ready', source, native: true });
  expect(asked).toEqual([
    ['/facts', { masters, wish: 'sweep' }],
    ['/ready', { master: masters[0], page: 0, seconds: 1 }],
  ]);
});

it.each<[string, { status: number; body: string } | undefined]>([
  ['no answer', undefined],
  ['a failure', { status: 500, body: '{"facts":[]}' }],
  ['no JSON', { status: 200, body: 'facts' }],
  ['another form', { status: 200, body: '{"facts":[{"kind":"picture","pages":[]}]}' }],
  ['the facts of fewer files', { status: 200, body: '{"facts":[]}' }],
])('%s is no answer', async (_, given) => {
  answer = given;
  expect(await client.facts(masters, 'none')).toEqual({ kind: 'silent', reason: expect.any(String) as string });
});

it.each(['../a.tif', `ab/${'0'.repeat(62)}-0.tif/../x`, `AB/${'0'.repeat(62)}-0.tif`, `ab/${'0'.repeat(62)}-0.jpg`])(
  'a source of another form is no answer, because it becomes a path: %s',
  async (wrong) => {
    answers({ kind: 'ready', source: wrong, native: true });
    expect(await client.ready(masters[0] as Master, 0, 1)).toMatchObject({ kind: 'silent' });
  },
);

it('its silence is said once, and its return; not while both services start', async () => {
  await client.facts(masters, 'none');
  expect(lines).toEqual([]);
  answers({ facts: [picture] });
  await client.facts(masters, 'none');
  answer = undefined;
  for (let time = 0; time < 3; time += 1) await client.facts(masters, 'none');
  answers({ facts: [picture] });
  await client.facts(masters, 'none');
  expect(lines).toEqual(['pyramids does not answer: no picture can be described or shown', 'pyramids answers again']);
});
