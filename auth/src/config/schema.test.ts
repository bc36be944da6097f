import { describe, expect, it } from 'vitest';
import { names, variables } from './schema.ts';
import type { Variable } from './variable.ts';

function accepts(name: keyof typeof variables, text: string): boolean {
  const variable: Variable = variables[name];
  return variable.kind.safeParse(text).success;
}

const onDisk = new Set(['IMAGE_DIR', 'MANIFEST_DIR', 'DATA_DIR']);

describe('every variable', () => {
  it.each(names)('%s has a value that is documented, an example that is right and words for being unset', (name) => {
    const variable: Variable = variables[name];
    expect(variable.kind.description).toBeDefined();
    expect(variable.default ?? variable.otherwise).toBeDefined();
    if (variable.default !== undefined && !onDisk.has(name)) expect(accepts(name, variable.default)).toBe(true);
    if (!onDisk.has(name)) expect(accepts(name, variable.example)).toBe(!variable.secret);
  });
});

describe('a value', () => {
  it.each([
    ['VIRTUAL_HOST', ['localhost', 'a.example', 'xn--bcher-kva.example', '10.0.0.1']],
    [
      'AUTH_ADMIN_USERID',
      ['admin@localhost', 'first.last+x@example.org', 'jérôme@example.org', 'je\u0301ro\u0302me@localhost'],
    ],
    ['AUTH_SECRET_KEY', ['x'.repeat(32)]],
    ['AUTH_ADMIN_PASSWORD', ['12345678']],
    ['AUTH_TRUSTED_ORIGINS', ['https://a.example', 'https://a.example/ , http://b.example:8080', ',']],
    ['AUTH_DB_CONNECTION', ['sqlite:////tmp/auth.db', 'postgres://u:p@h/d', 'postgresql://u@h:5433/d?sslmode=require']],
    ['PYRAMIDS_URL', ['http://pyramids:8081', 'https://images.example/']],
    ['SMTP_URL', ['smtp://mail.example.org', 'smtps://u%40a:p%2Fw%25@mail.example.org/', 'smtp://[::1]:25']],
    ['MAIL_FROM', ['a@example.org', 'Bücherei „Am Markt“ <a@example.org>']],
    ['TILE_CACHE_SIZE', ['1g', '500M']],
    ['PYRAMIDS_SIZE', ['0', '200g', '500M']],
    ['AUTH_BIND', ['0.0.0.0', '::']],
    ['INSTITUTION', ['Bücherei „Am Markt“']],
    ['LETSENCRYPT_EMAIL', ['webmaster@example.org', 'a+b@images.example.co.uk']],
    ['ACME_DIRECTORY', ['https://acme.example/directory', 'https://pebble:14000/dir', 'https://[::1]:14000/dir']],
    ['TRUSTED_PROXIES', ['192.0.2.7', '10.1.0.0/16, 2001:db8::/32 ,::1', ',']],
    ['TRUSTED_PROXIES', ['10.0.0.0/8', '10.0.0.0/08', '2001::/16', '64:ff9b::192.0.2.7', '::ffff:1', '::ffff:1:2:3']],
  ] as const)('of %s may be any of %j', (name, texts) => {
    expect(texts.filter((text) => !accepts(name, text))).toStrictEqual([]);
  });

  it.each([
    ['VIRTUAL_HOST', ['http://a', 'a:80', 'a/', 'a,b', 'a b', '-a', 'a..b', 'a.', '1.2.3', 'bücher.example', '[::1]']],
    ['VIRTUAL_HOST', ['a\nb', 'a;b', '$host', `${'a'.repeat(64)}.example`, `${'a.'.repeat(127)}a`]],
    ['VIRTUAL_HOST_PROTO', ['HTTP', 'ftp', 'https://']],
    ['HTTP_PORT', ['0', '-1', '1.5', '1e3', '65536', '0x50', ' 80', '٣']],
    ['TOKEN_LIFETIME', ['0', '1h', '86401']],
    ['MAX_WIDTH', ['0', '255', '5000px']],
    [
      'SMTP_URL',
      ['mail.example.org', 'http://mail.example.org', 'smtp://', 'smtp://u@h', 'smtp://:p@h', 'smtp://u:p@h/x'],
    ],
    ['SMTP_URL', ['smtp://u:p#w@h', 'smtp://u:p/w@h', 'smtp://u:%zz@h', 'smtp://u:change-me@h', 'smtp://h?pool=true']],
    [
      'MAIL_FROM',
      ['library', 'Library a@example.org', 'a@localhost', 'A <a@example.org>, b@example.org', 'A\n<a@b.org>'],
    ],
    ['JPEG_QUALITY', ['0', '101']],
    ['IMAGE_WORKERS', ['0', 'all']],
    ['TILE_CACHE_SIZE', ['0g', '5', '1t', '1 g', '1g;']],
    ['PYRAMIDS_SIZE', ['0g', '5', '1t', '1 g', 'all']],
    ['AUTH_ADMIN_USERID', ['admin', 'a@b@c', 'a b@example.org', '@localhost']],
    ['AUTH_ADMIN_PASSWORD', ['1234567', 'Change-Me!', 'x'.repeat(1025)]],
    ['AUTH_SECRET_KEY', ['x'.repeat(31), `change-me${'x'.repeat(32)}`]],
    ['AUTH_TRUSTED_ORIGINS', ['*', 'null', 'a.example', 'ftp://a.example', 'https://a.example/x', 'https://*.example']],
    ['AUTH_TRUSTED_ORIGINS', ['https://u:p@a.example', 'https://a.example?', 'https://a.example; https://b.example']],
    ['AUTH_DB_CONNECTION', ['auth.db', 'sqlite://auth.db', 'sqlite:///', 'sqlite:///:memory:', 'mysql://u:p@h/d']],
    ['AUTH_DB_CONNECTION', ['sqlite:////no/such/folder/auth.db', 'sqlite:////tmp/a.db?x=1', 'postgres://u:a/b#c@h/d']],
    ['PYRAMIDS_URL', ['pyramids:8081', 'http://pyramids:8081/facts', 'http://u:p@pyramids']],
    ['PROTECT_MANIFESTS', ['yes', '1', 'True']],
    ['LOG_LEVEL', ['silent', 'INFO']],
    ['IMAGE_SERVER', ['cantaloupe']],
    ['AUTH_BIND', ['localhost', '1.2.3']],
    ['INSTITUTION', ['a\nb', 'x'.repeat(121)]],
    ['LETSENCRYPT_EMAIL', ['webmaster', 'webmaster@localhost', 'a@example.org, b@example.org', 'mailto:a@example.org']],
    ['ACME_DIRECTORY', ['http://acme.example/directory', 'acme.example/directory', 'https://acme.example', 'staging']],
    ['ACME_DIRECTORY', ['https://acme.example/', 'https://u:p@acme.example/d', 'https://a.example/d?x', 'https:///d']],
    [
      'ACME_DIRECTORY',
      ['https://a.example/d#x', ' https://a.example/d', 'https://a.example/d d', 'https://a.example/\n'],
    ],
    [
      'ACME_DIRECTORY',
      ['https://a.example/"', "https://a.example/'", 'https://a.example/$x', 'https://a.example:99999/d'],
    ],
    ['TRUSTED_PROXIES', ['0.0.0.0/0', '::/0', '10.0.0.1/00', '10.0.0.1,::/0', '10.0.0.0/33', 'proxy', 'unix:', 'all']],
    ['TRUSTED_PROXIES', ['0.0.0.0/000', '::/00', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/7', '10.0.0.0/07', '::/15']],
    ['TRUSTED_PROXIES', ['::ffff:127.0.0.1', '::FFFF:7f00:1', '0:0:0:0:0:ffff:10.0.0.1', '::ffff:10.0.0.0/104']],
    [
      'TRUSTED_PROXIES',
      ['10.0.0.1 10.0.0.2', '10.0.0.1;10.0.0.2', 'fe80::1%eth0', '10.0.0.1:80', '10.0.0.1\n10.0.0.2'],
    ],
  ] as const)('of %s may not be any of %j', (name, texts) => {
    expect(texts.filter((text) => accepts(name, text))).toStrictEqual([]);
  });

  it('of AUTH_DB_CONNECTION is relative with three slashes and absolute with four', () => {
    const { kind } = variables.AUTH_DB_CONNECTION;
    expect(kind.parse('sqlite:///auth.db')).toStrictEqual({ type: 'sqlite', file: `${process.cwd()}/auth.db` });
    expect(kind.parse('sqlite:////tmp/auth.db')).toStrictEqual({ type: 'sqlite', file: '/tmp/auth.db' });
  });

  it('of TRUSTED_PROXIES is read as a list', () => {
    expect(variables.TRUSTED_PROXIES.kind.parse(' 192.0.2.7 ,2001:db8::/32,')).toStrictEqual([
      '192.0.2.7',
      '2001:db8::/32',
    ]);
  });

  it('of AUTH_TRUSTED_ORIGINS is read as browsers write origins', () => {
    const { kind } = variables.AUTH_TRUSTED_ORIGINS;
    expect(kind.parse('https://A.example:443/, http://b:8080')).toStrictEqual(['https://a.example', 'http://b:8080']);
  });
});
