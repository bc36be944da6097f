import type { z } from 'zod';
import { demo } from './demo.ts';
import { readableFolder } from './folders.ts';
import { hostName } from './hostName.ts';
import { drawingVariables } from './drawingVariables.ts';
import { mailVariables } from './mailVariables.ts';
import { pyramidVariables } from './pyramidVariables.ts';
import { readerVariables } from './readerVariables.ts';
import { stackVariables } from './stackVariables.ts';
import * as kind from './kinds.ts';
import * as secret from './secretKinds.ts';
import { texts } from './texts.ts';
import { trustedProxies } from './trustedProxies.ts';
import type { Variable } from './variable.ts';

/*
 * Every variable, in the words of the people who set it. The loader, `.env.template` and docs/configuration.md are
 * made from this list; nothing about a variable is written anywhere else.
 */

export type LogLevel = z.output<typeof variables.LOG_LEVEL.kind>;

export const variables = {
  VIRTUAL_HOST: {
    group: 'site',
    kind: hostName,
    description:
      'The name under which people reach this server, as in the address bar: no http://, no port, no path. It becomes part of every image address, so choose it before you publish any; the server answers to no other name. Without it, to `localhost` and to its IP address. Certificates are for names: an IP address works with plain http only.',
    default: 'localhost',
    example: 'images.example.org',
  },
  VIRTUAL_HOST_PROTO: {
    group: 'site',
    kind: kind.choice('http', 'https'),
    description:
      'How people reach this server. Viewers on other web sites can only show protected images over https; with plain http this works on localhost alone. With `https` one of three is needed too: `LETSENCRYPT_EMAIL`, a certificate of your own in `proxy/certs` (a file named like the host with `.crt` behind it, and one with `.key`), or `TRUSTED_PROXIES`.',
    default: 'http',
    example: 'https',
  },
  HTTP_PORT: {
    group: 'site',
    kind: kind.port,
    description:
      "The port for plain http. With `http` it is part of every address unless it is 80. With `https`, requests to it are redirected to https, and Let's Encrypt looks at port 80 only: leave it, or have 80 lead here. ./serve takes 8080 if nothing else is set.",
    default: '80',
    example: '8080',
  },
  HTTPS_PORT: {
    group: 'site',
    kind: kind.port,
    description: 'The port for https. With `https` it is part of every address unless it is 443.',
    default: '443',
    example: '8443',
  },
  LETSENCRYPT_EMAIL: {
    group: 'site',
    kind: kind.mailbox,
    description:
      "Your e-mail address for Let's Encrypt. With it and `VIRTUAL_HOST_PROTO=https`, Vitrine gets a certificate from there and renews it by itself; by setting it you agree to the terms of Let's Encrypt. `VIRTUAL_HOST` has to lead to this server from everywhere, on port 80.",
    otherwise: 'none',
    example: 'webmaster@example.org',
  },
  ACME_DIRECTORY: {
    group: 'site',
    kind: kind.httpsAddress,
    description:
      "Who issues the certificate: the directory of an ACME server. To try things out take the staging server of Let's Encrypt, https://acme-staging-v02.api.letsencrypt.org/directory: browsers do not trust its certificates, but it lets you try much more often.",
    default: 'https://acme-v02.api.letsencrypt.org/directory',
    example: 'https://acme-staging-v02.api.letsencrypt.org/directory',
  },
  TRUSTED_PROXIES: trustedProxies,
  INSTITUTION: {
    group: 'site',
    kind: kind.label,
    description: 'The name of your library, archive or museum. Viewers show it when they ask people to log in.',
    default: 'Vitrine',
    example: 'Example City Library',
  },
  TEXTS: texts,
  IMAGE_DIR: {
    group: 'images',
    kind: readableFolder('IMAGE_DIR'),
    description: 'The folder with your images on this computer. Vitrine reads it and never changes anything in it.',
    required: true,
    otherwise: 'the sample images that come with Vitrine',
    example: '/srv/images',
  },
  MANIFEST_DIR: {
    group: 'images',
    kind: readableFolder('MANIFEST_DIR'),
    description:
      'A folder on this computer with manifests of your own. A file in it is served instead of the manifest that Vitrine would make for the folder of that name.',
    otherwise: 'none',
    example: '/srv/manifests',
  },
  PROTECT_MANIFESTS: {
    group: 'images',
    kind: kind.flag,
    description:
      'Whether manifests are for those alone who may see their images, and named in collections for them alone; where a rule says `manifest: open` or `manifest: protected`, that counts.',
    default: 'false',
    example: 'true',
  },
  DEFAULT_RULE: {
    group: 'images',
    kind: kind.choice('users', 'everyone', 'nobody'),
    description:
      'Who sees the images that no rule is about: every active user, everyone, or nobody. A rule for `.` in `access.yml` says the same with more words, and comes first.',
    default: 'users',
    example: 'nobody',
  },
  DEMO: demo,
  MAX_WIDTH: {
    group: 'images',
    kind: kind.integer(256, 100_000),
    description: 'The widest image that can be asked for in one piece. Zooming into larger ones still works.',
    default: '5000',
    example: '2000',
    unit: 'pixels',
  },
  MAX_HEIGHT: {
    group: 'images',
    kind: kind.integer(256, 100_000),
    description: 'The same for the height.',
    default: '5000',
    example: '2000',
    unit: 'pixels',
  },
  MAX_AREA: {
    group: 'images',
    kind: kind.integer(65_536, 10_000_000_000),
    description: 'The same for width times height.',
    default: '25000000',
    example: '4000000',
    unit: 'square pixels',
  },
  AUTH_ADMIN_USERID: {
    group: 'access',
    kind: kind.email,
    description:
      'The e-mail address with which the first administrator logs in. The account is made if it does not exist, and never changed if it does.',
    default: 'admin@localhost',
    example: 'librarian@example.org',
  },
  AUTH_ADMIN_PASSWORD: {
    group: 'access',
    kind: secret.password,
    description: 'The first password of that administrator. Once the account exists this is not looked at any more.',
    otherwise: 'made up when the account is, and shown once in the log',
    example: secret.templateText,
    secret: true,
  },
  SESSION_LIFETIME: {
    group: 'access',
    kind: kind.integer(5, 2_592_000),
    description: 'How long a login lasts. 28800 seconds are 8 hours.',
    default: '28800',
    example: '86400',
    unit: 'seconds',
  },
  TOKEN_LIFETIME: {
    group: 'access',
    kind: kind.integer(5, 86_400),
    description:
      'How long a viewer may use the token it got before it has to fetch a new one, which it does by itself. A logout ends tokens at once.',
    default: '3600',
    example: '600',
    unit: 'seconds',
  },
  AUDIT_RETENTION: {
    group: 'access',
    kind: kind.integer(1, 36_500),
    description:
      'How long the audit trail keeps who logged in and who changed what. Older entries are removed; they hold addresses of people, so keep them no longer than you need.',
    default: '365',
    example: '90',
    unit: 'days',
  },
  AUTH_TRUSTED_ORIGINS: {
    group: 'access',
    kind: kind.origins,
    description:
      'Web sites of your own whose viewers may load protected images by token, and images that are open by the place alone (`external`). Other sites need nothing here: their viewers show images with the cookie of the login.',
    default: '',
    otherwise: 'none',
    example: 'https://viewer.example.org,https://catalogue.example.org',
  },
  AUTH_SECRET_KEY: {
    group: 'secrets',
    kind: secret.key,
    description:
      'Signs tokens, visits and the logins of the panel, which end if you change it. Images stay open to users who are logged in, until `vitrine session end`. Make one with: openssl rand -hex 32',
    otherwise: 'made on the first start and kept in DATA_DIR',
    example: `${secret.templateText}-make-one-with-openssl-rand-hex-32`,
    secret: true,
    generated: true,
  },
  AUTH_PASSWORD_SALT: {
    group: 'secrets',
    kind: secret.key,
    description:
      'Mixed into every password before it is stored. Never change or lose it: all passwords would stop working. Make one with: openssl rand -hex 32',
    otherwise: 'made on the first start and kept in DATA_DIR',
    example: `${secret.templateText}-make-one-with-openssl-rand-hex-32`,
    secret: true,
    generated: true,
  },
  AUTH_DB_CONNECTION: {
    group: 'secrets',
    kind: secret.database,
    description:
      'The database of users and sessions. SQLite is a file and needs no care: sqlite:////data/auth.db (four slashes before a full path). For PostgreSQL: postgres://user:password@host/database.',
    otherwise: 'the SQLite file auth.db in DATA_DIR',
    example: `postgres://vitrine:${secret.templateText}@db.example.org/vitrine`,
    secret: true,
  },
  ...mailVariables,
  ...readerVariables,
  JPEG_QUALITY: {
    group: 'speed',
    kind: kind.integer(1, 100),
    description:
      'Quality of the JPEG images that iipsrv makes. More looks better and takes longer to load. Tiles that are sent as they are stored have that of `PYRAMID_QUALITY`.',
    default: '80',
    example: '90',
  },
  ...pyramidVariables,
  ...drawingVariables,
  LOG_LEVEL: {
    group: 'speed',
    kind: kind.choice('fatal', 'error', 'warn', 'info', 'debug', 'trace'),
    description: 'How much the service writes to its log: nothing but the worst (fatal) up to every step (trace).',
    default: 'info',
    example: 'debug',
  },
  ...stackVariables,
} as const satisfies Record<string, Variable>;

export type Name = keyof typeof variables;

/** The names of all variables, in the order in which they are documented. */
export const names = Object.keys(variables) as Name[];
