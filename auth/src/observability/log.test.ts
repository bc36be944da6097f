import { expect, it } from 'vitest';
import { createLog } from './log.ts';

function recorder() {
  const lines: string[] = [];
  return { lines, destination: { write: (line: string) => void lines.push(line) } };
}

it('A line is JSON with the message first and the time in ISO 8601', () => {
  const { lines, destination } = recorder();
  createLog('info', destination).child({ part: 'images' }).warn({ id: 'a!b.tif' }, 'not readable');
  expect(lines.join('')).toMatch(
    /^\{"msg":"not readable","level":"warn","time":"\d{4}-\d\d-\d\dT[\d:.]+Z","part":"images","id":"a!b.tif"\}\n$/,
  );
});

it('Below its level nothing is written', () => {
  const { lines, destination } = recorder();
  createLog('error', destination).warn('quiet');
  expect(lines).toStrictEqual([]);
});

it.each([
  { cookie: 'hunter2' },
  { headers: { Authorization: 'Bearer hunter2', 'set-cookie': ['a=hunter2'], 'proxy-authorization': 'hunter2' } },
  { a: { b: { c: { newPassword: 'hunter2', accessToken: 'hunter2', clientSecret: { is: 'hunter2' } } } } },
  { err: Object.assign(new Error('query failed'), { parameters: ['hunter2'] }) },
])('Credentials are removed at any depth: %j', (fields) => {
  const { lines, destination } = recorder();
  createLog('info', destination).info(fields, 'request');
  expect(lines.join('')).toContain('[removed]');
  expect(lines.join('')).not.toContain('hunter2');
});

it('Credentials are removed from the fields of a child', () => {
  const { lines, destination } = recorder();
  createLog('info', destination).child({ token: 'hunter2' }).info('request');
  expect(lines.join('')).not.toContain('hunter2');
});

it('What only sounds like a credential stays', () => {
  const { lines, destination } = recorder();
  createLog('info', destination).info({ tokenLifetime: 3600 }, 'started');
  expect(lines.join('')).toContain('"tokenLifetime":3600');
});

it('An error is written with its message and where it came from', () => {
  const { lines, destination } = recorder();
  createLog('info', destination).error({ err: new TypeError('broken') }, 'failed');
  expect(JSON.parse(lines.join(''))).toMatchObject({
    msg: 'failed',
    err: { type: 'TypeError', message: 'broken', stack: expect.stringContaining('log.test.ts') as string },
  });
});
