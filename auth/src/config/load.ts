import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError, type Problem } from './error.ts';
import { type Environment, read } from './read.ts';
import { retiredVariables } from './retired.ts';
import { type Name, names, variables } from './schema.ts';
import { keptSecret } from './secrets.ts';
import type { Values } from './values.ts';
import type { Variable } from './variable.ts';

export type { Config } from './config.ts';
export { ConfigError } from './error.ts';

const NO_CERTIFICATE = 'There is no https for an IP address, because certificates are for names. Write a host name.';

/**
 * Reads and checks every variable and settles the secrets (made and kept in DATA_DIR when unset). No network.
 * @param env usually `process.env`
 * @returns the deeply frozen configuration
 * @throws ConfigError that lists everything that is wrong
 */
export function loadConfig(env: Environment): Config {
  const problems = retiredVariables(env);
  const found = Object.fromEntries(names.map((name) => [name, check(name, env, problems)])) as Partial<Values>;
  if (found.VIRTUAL_HOST_PROTO === 'https' && isIP(found.VIRTUAL_HOST ?? '') !== 0) {
    problems.push({ variable: 'VIRTUAL_HOST', text: `${JSON.stringify(found.VIRTUAL_HOST)}: ${NO_CERTIFICATE}` });
  }
  if (read('SMTP_URL', env).is === 'set' && read('MAIL_FROM', env).is === 'unset') {
    problems.push({
      variable: 'MAIL_FROM',
      text: 'It is not set, and SMTP_URL is. Give the address that mails are from.',
    });
  }
  const secretKey = settle('AUTH_SECRET_KEY', found, env, problems);
  const passwordSalt = settle('AUTH_PASSWORD_SALT', found, env, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  // Without a problem every variable that must have a value has one.
  return freeze(assemble(found as Values, secretKey, passwordSalt));
}

function check(name: Name, env: Environment, problems: Problem[]): unknown {
  const variable: Variable = variables[name];
  const reading = read(name, env);
  if (reading.is === 'wrong') {
    problems.push({ variable: reading.variable, text: reading.text });
    return undefined;
  }
  const value = reading.is === 'set' ? reading.value : variable.default;
  if (value === undefined) {
    if (variable.required)
      problems.push({ variable: name, text: `It is not set. Give ${variable.description.replace(/^The/, 'the')}` });
    return undefined;
  }
  const result = variable.kind.safeParse(value);
  if (result.success) return result.data;
  const shown = variable.secret ? '' : `${JSON.stringify(value)}: `;
  problems.push(...result.error.issues.map(({ message }) => ({ variable: name, text: shown + message })));
  return undefined;
}

function settle(
  name: 'AUTH_SECRET_KEY' | 'AUTH_PASSWORD_SALT',
  found: Partial<Values>,
  env: Environment,
  problems: Problem[],
): string {
  // A secret that is set wrongly, and a folder that is, have been named already.
  if (read(name, env).is !== 'unset' || found.DATA_DIR === undefined) return found[name] ?? '';
  const kept = keptSecret(resolve(found.DATA_DIR), name);
  if (kept.ok) return kept.value;
  problems.push({ variable: name, text: kept.message });
  return '';
}

function assemble(values: Values, secretKey: string, passwordSalt: string): Config {
  const dataDirectory = resolve(values.DATA_DIR);
  return {
    publicUrl: publicUrl(values),
    institution: values.INSTITUTION,
    listen: { address: values.AUTH_BIND, port: values.AUTH_PORT },
    images: {
      directory: resolve(values.IMAGE_DIR),
      server: values.IMAGE_SERVER,
      pdfDpi: values.PDF_DPI,
      pyramidsUrl: values.PYRAMIDS_URL,
      maxWidth: values.MAX_WIDTH,
      maxHeight: values.MAX_HEIGHT,
      maxArea: values.MAX_AREA,
    },
    manifests: {
      directory: values.MANIFEST_DIR === undefined ? undefined : resolve(values.MANIFEST_DIR),
      protected: values.PROTECT_MANIFESTS,
    },
    defaultRule: values.DEFAULT_RULE,
    database: values.AUTH_DB_CONNECTION ?? { type: 'sqlite', file: join(dataDirectory, 'auth.db') },
    dataDirectory,
    secretKey,
    passwordSalt,
    admin: { email: values.AUTH_ADMIN_USERID, password: values.AUTH_ADMIN_PASSWORD },
    mail: values.SMTP_URL && values.MAIL_FROM && { server: values.SMTP_URL, from: values.MAIL_FROM },
    tokenLifetime: values.TOKEN_LIFETIME,
    sessionLifetime: values.SESSION_LIFETIME,
    auditRetention: values.AUDIT_RETENTION,
    texts: values.TEXTS,
    demo: values.DEMO,
    trustedOrigins: values.AUTH_TRUSTED_ORIGINS,
    trustedProxies: values.TRUSTED_PROXIES,
    secureCookies: values.VIRTUAL_HOST_PROTO === 'https' || isThisMachine(values.VIRTUAL_HOST),
    logLevel: values.LOG_LEVEL,
  };
}

/** `URL` leaves the port out where it is the scheme's own. */
function publicUrl({ VIRTUAL_HOST_PROTO: scheme, VIRTUAL_HOST: host, HTTP_PORT, HTTPS_PORT }: Values): string {
  return new URL(`${scheme}://${host}:${scheme === 'https' ? HTTPS_PORT : HTTP_PORT}`).origin;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host.endsWith('.localhost');
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value) as unknown[]) if (typeof part === 'object' && part !== null) freeze(part);
  return Object.freeze(value);
}
