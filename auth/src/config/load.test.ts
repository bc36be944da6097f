import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './load.ts';
import type { Environment } from './read.ts';

const key = 'k'.repeat(32);
const salt = 's'.repeat(32);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(env: Environment = {}) {
  return loadConfig({ IMAGE_DIR: folder, DATA_DIR: folder, AUTH_SECRET_KEY: key, AUTH_PASSWORD_SALT: salt, ...env });
}

/** What is wrong, a line a problem: `VARIABLE: what to do`. */
function problems(env: Environment): string[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, text }) => `${variable}: ${text}`);
  }
}

describe('a configuration', () => {
  it('has a mail server with a sender, or none', () => {
    const env = { SMTP_URL: 'smtps://a%40b:p%3Aw@mail.example.org', MAIL_FROM: 'A <a@example.org>' };
    expect(load(env).mail).toEqual({
      server: { host: 'mail.example.org', port: 465, tls: true, login: { user: 'a@b', password: 'p:w' } },
      from: { name: 'A', address: 'a@example.org' },
    });
    expect(load({ ...env, SMTP_URL: 'smtp://mail' }).mail?.server).toEqual({
      host: 'mail',
      port: 587,
      tls: false,
      login: undefined,
    });
    expect(load({ MAIL_FROM: env.MAIL_FROM }).mail).toBeUndefined();
    expect(problems({ SMTP_URL: env.SMTP_URL })).toEqual([
      'MAIL_FROM: It is not set, and SMTP_URL is. Give the address that mails are from.',
    ]);
    expect(problems({ ...env, SMTP_URL: 'smtp://u:hunter2#@mail' }).join()).not.toContain('hunter2');
  });

  it('needs nothing but its two folders', () => {
    expect(load()).toStrictEqual({
      publicUrl: 'http://localhost',
      institution: 'Vitrine',
      listen: { address: '0.0.0.0', port: 3000 },
      images: {
        directory: folder,
        server: 'iipsrv',
        pdfDpi: 200,
        pyramidsUrl: 'http://pyramids:8081',
        maxWidth: 5000,
        maxHeight: 5000,
        maxArea: 25_000_000,
      },
      defaultRule: 'users',
      manifests: { directory: undefined, protected: false },
      database: { type: 'sqlite', file: join(folder, 'auth.db') },
      dataDirectory: folder,
      secretKey: key,
      texts: {},
      demo: false,
      passwordSalt: salt,
      admin: { email: 'admin@localhost', password: undefined },
      mail: undefined,
      tokenLifetime: 3600,
      sessionLifetime: 28_800,
      trustedOrigins: [],
      trustedProxies: [],
      auditRetention: 365,
      secureCookies: true,
      logLevel: 'info',
    });
  });

  it('takes an empty value for an unset one, with and without _FILE', () => {
    const empty = { VIRTUAL_HOST: '', MANIFEST_DIR: '', AUTH_DB_CONNECTION: '', AUTH_SECRET_KEY_FILE: '' };
    expect(load(empty)).toStrictEqual(load());
  });

  it('is frozen to its depths', () => {
    const config = load({ AUTH_TRUSTED_ORIGINS: 'https://a.example' });
    for (const part of [config, config.images, config.database, config.trustedOrigins]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('does not mind variables that it does not know', () => {
    expect(problems({ VIRTUAL_HOTS: 'typo', PATH: '/bin' })).toStrictEqual([]);
  });

  it.each([
    [{ VIRTUAL_HOST: 'Images.Example.org' }, 'http://images.example.org', false],
    [{ VIRTUAL_HOST_PROTO: 'https', VIRTUAL_HOST: 'images.example.org' }, 'https://images.example.org', true],
    [{ VIRTUAL_HOST_PROTO: 'https', HTTP_PORT: '8080' }, 'https://localhost', true],
    [{ VIRTUAL_HOST_PROTO: 'https', HTTPS_PORT: '8443' }, 'https://localhost:8443', true],
    [{ HTTP_PORT: '8080' }, 'http://localhost:8080', true],
    [{ HTTP_PORT: '443' }, 'http://localhost:443', true],
    [{ VIRTUAL_HOST: '127.0.0.1' }, 'http://127.0.0.1', true],
    [{ VIRTUAL_HOST: 'viewer.localhost' }, 'http://viewer.localhost', true],
    [{ VIRTUAL_HOST: '192.168.1.10' }, 'http://192.168.1.10', false],
  ])('says for %j that the address is %s and Secure cookies work: %s', (env, publicUrl, secureCookies) => {
    expect(load(env)).toMatchObject({ publicUrl, secureCookies });
  });

  it('reads relative folders from the place it is started at', () => {
    expect(load({ IMAGE_DIR: '.', MANIFEST_DIR: '.' })).toMatchObject({
      images: { directory: resolve('.') },
      manifests: { directory: resolve('.') },
    });
  });

  it('makes and keeps the two secrets that are not set', () => {
    const made = loadConfig({ IMAGE_DIR: folder, DATA_DIR: folder });
    expect(made.secretKey).toMatch(/^[0-9a-f]{64}$/);
    expect(made.passwordSalt).not.toBe(made.secretKey);
    expect(loadConfig({ IMAGE_DIR: folder, DATA_DIR: folder })).toStrictEqual(made);
  });

  it('makes no secret where all of them are set', () => {
    load();
    expect(readdirSync(folder)).toStrictEqual([]);
  });
});

describe('a wrong configuration', () => {
  it('is refused with everything that is wrong, a line each', () => {
    const wrong = { HTTP_PORT: '80a', VIRTUAL_HOST: 'a:80', AUTH_SECRET_KEY: 'short', IMAGE_DIR: '' };
    expect(() => load(wrong)).toThrow(
      [
        'Vitrine cannot start, its configuration is wrong:',
        '  VIRTUAL_HOST: "a:80": Write the name only; the port goes into HTTP_PORT or HTTPS_PORT.',
        '  HTTP_PORT: "80a": Give a whole number from 1 to 65535.',
        '  IMAGE_DIR: It is not set. Give the folder with your images on this computer. Vitrine reads it and never changes anything in it.',
        '  AUTH_SECRET_KEY: This is shorter than 32 characters. Make one with: openssl rand -hex 32',
      ].join('\n'),
    );
  });

  it('names a folder for data that is missing once, not once a secret', () => {
    const env = { DATA_DIR: join(folder, 'gone'), AUTH_SECRET_KEY: '', AUTH_PASSWORD_SALT: '' };
    expect(problems(env)).toStrictEqual([
      `DATA_DIR: "${folder}/gone": There is no such folder. Create it or correct the path.`,
    ]);
  });

  it('names a kept secret that is damaged, by its file', () => {
    writeFileSync(join(folder, 'auth-password-salt'), 'abc\n');
    expect(problems({ AUTH_PASSWORD_SALT: '' })).toStrictEqual([
      expect.stringContaining(`AUTH_PASSWORD_SALT: The generated secret in ${folder}/auth-password-salt is damaged.`),
    ]);
  });

  it.each(['AUTH_SECRET_KEY', 'AUTH_PASSWORD_SALT', 'AUTH_ADMIN_PASSWORD', 'AUTH_DB_CONNECTION'])(
    'never shows the value of %s',
    (name) => {
      const message = problems({ [name]: 'hunter2' }).join('\n');
      expect(message).toContain(name);
      expect(message).not.toContain('hunter2');
    },
  );

  it('names folders of images and manifests that are files', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    mkdirSync(join(folder, 'fine'));
    expect(problems({ IMAGE_DIR: file, MANIFEST_DIR: join(file, 'below') })).toStrictEqual([
      `IMAGE_DIR: "${file}": This is not a folder. Name the folder, not a file in it. In a container this path stands for the folder that IMAGE_DIR names outside.`,
      expect.stringMatching(/^MANIFEST_DIR: .*(no such folder|cannot be looked at)/),
    ]);
  });

  it.each<[host: string, what: string]>([
    ['http://images.example.org', 'Write the name only; http or https goes into VIRTUAL_HOST_PROTO.'],
    ['https://images.example.org/', 'Write the name only; http or https goes into VIRTUAL_HOST_PROTO.'],
    ['images.example.org:8080', 'Write the name only; the port goes into HTTP_PORT or HTTPS_PORT.'],
    ['192.0.2.7:80', 'Write the name only; the port goes into HTTP_PORT or HTTPS_PORT.'],
    ['images.example.org/iiif', 'Write the name only, without a slash or path.'],
    ['my_images.example.org', 'A host name has no underscore (_). Write the name without it, or with a hyphen.'],
    ['a.example,b.example', 'Write one name only, without spaces or commas.'],
    ['a.example b.example', 'Write one name only, without spaces or commas.'],
    ['images.example.org.', 'Leave out the dot at the end.'],
    ['[2001:db8::1]', 'This is an IPv6 address. Write a host name.'],
    ['[2001:db8::1]:443', 'This is an IPv6 address. Write a host name.'],
    ['2001:db8::1', 'This is an IPv6 address. Write a host name.'],
  ])('says in one line, on http and https, what to do about the host %s', (host, what) => {
    for (const VIRTUAL_HOST_PROTO of ['http', 'https']) {
      expect(problems({ VIRTUAL_HOST: host, VIRTUAL_HOST_PROTO })).toStrictEqual([`VIRTUAL_HOST: "${host}": ${what}`]);
    }
  });

  it.each(['192.0.2.7', '127.0.0.1'])('has https on the IP address %s', (VIRTUAL_HOST) => {
    expect(problems({ VIRTUAL_HOST, VIRTUAL_HOST_PROTO: 'https', TRUSTED_PROXIES: '10.0.0.1' })).toStrictEqual([
      `VIRTUAL_HOST: "${VIRTUAL_HOST}": There is no https for an IP address, because certificates are for names. Write a host name.`,
    ]);
    expect(problems({ VIRTUAL_HOST })).toStrictEqual([]);
  });

  it('names each part of TRUSTED_PROXIES that is wrong', () => {
    const given = '10.0.0.1, 10.0.0.0/33, proxy.example, 0.0.0.0/0, ::/00, 128.0.0.0/1, 2000::/3, ::ffff:127.0.0.1';
    expect(problems({ TRUSTED_PROXIES: given })).toStrictEqual(
      [
        '"10.0.0.0/33" is not an IP address or network: write 192.0.2.7 or 10.1.0.0/16.',
        '"proxy.example" is not an IP address or network: write 192.0.2.7 or 10.1.0.0/16.',
        '"0.0.0.0/0" is everybody. Name the addresses of your proxy only.',
        '"::/00" is everybody. Name the addresses of your proxy only.',
        '"128.0.0.0/1" is nearly everybody. Name the addresses of your proxy only.',
        '"2000::/3" is nearly everybody. Name the addresses of your proxy only.',
        '"::ffff:127.0.0.1" is an IPv4 address in IPv6 form. Write it as IPv4: 192.0.2.7 or 10.1.0.0/16.',
      ].map((text) => `TRUSTED_PROXIES: "${given}": ${text}`),
    );
  });
});
