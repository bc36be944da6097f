import { expect, it } from 'vitest';
import { showConfig } from './mask.ts';
import type { Environment } from './read.ts';
import { names } from './schema.ts';

function shown(name: string, env: Environment = {}) {
  const line = showConfig(env).find(([other]) => other === name);
  return line?.slice(1);
}

it('Every variable is shown, in the order of the documentation', () => {
  expect(showConfig({}).map(([name]) => name)).toStrictEqual(names);
});

it('A value is shown with its origin', () => {
  expect(shown('HTTP_PORT')).toStrictEqual(['80', 'default']);
  expect(shown('HTTP_PORT', { HTTP_PORT: '8080' })).toStrictEqual(['8080', 'environment']);
  expect(shown('MANIFEST_DIR')).toStrictEqual(['(none)', 'default']);
  expect(shown('AUTH_SECRET_KEY')).toStrictEqual(['********', 'generated']);
  expect(shown('AUTH_DB_CONNECTION', { AUTH_DB_CONNECTION_FILE: import.meta.filename })).toStrictEqual([
    '********',
    'file',
  ]);
});

it('A wrong value is shown as it is, because that is what one looks for', () => {
  expect(shown('HTTP_PORT', { HTTP_PORT: 'eighty' })).toStrictEqual(['eighty', 'environment']);
  expect(shown('AUTH_SECRET_KEY', { AUTH_SECRET_KEY_FILE: '/gone' })?.[0]).toContain('/gone');
});

it.each(['AUTH_SECRET_KEY', 'AUTH_PASSWORD_SALT', 'AUTH_ADMIN_PASSWORD'])('%s is masked', (name) => {
  expect(shown(name, { [name]: 'hunter2' })).toStrictEqual(['********', 'environment']);
});

it('The mail server is shown without its password', () => {
  const of = (url: string) => shown('SMTP_URL', { SMTP_URL: url })?.[0];
  expect(of('smtp://vitrine:hunter2@mail.example.org:587')).toBe('smtp://vitrine:********@mail.example.org:587');
  expect(of('smtp://vitrine:12/hunter2@mail.example.org')).toBe('********');
});

it.each([
  ['sqlite:////data/auth.db', 'sqlite:////data/auth.db'],
  ['postgres://vitrine:hunter2@db/vitrine', 'postgres://vitrine:********@db/vitrine'],
  ['postgres://vitrine@db/vitrine?password=hunter2', '********'],
  ['postgres://vitrine:hunter2/#@db/vitrine', '********'],
  ['postgres://vitrine:12/hunter2@db/vitrine', '********'],
  ['vitrine:hunter2@db', '********'],
])('The database %s is shown as %s', (connection, text) => {
  expect(shown('AUTH_DB_CONNECTION', { AUTH_DB_CONNECTION: connection })).toStrictEqual([text, 'environment']);
});
