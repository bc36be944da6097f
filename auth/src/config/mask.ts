import { read, type Environment } from './read.ts';
import { type Name, names, variables } from './schema.ts';
import type { Variable } from './variable.ts';

type Origin = 'environment' | 'file' | 'generated' | 'default';

/** One line of `vitrine config show`. */
export type Shown = readonly [name: Name, value: string, origin: Origin];

const mask = '********';

/**
 * Every variable with its value as it was written, and where it came from; no secret among them. Checks nothing and
 * makes nothing, so that it also helps where the configuration is wrong.
 */
export function showConfig(env: Environment): readonly Shown[] {
  return names.map((name) => show(name, env));
}

function show(name: Name, env: Environment): Shown {
  const variable: Variable = variables[name];
  const reading = read(name, env);
  if (reading.is === 'wrong') return [name, `${reading.variable}: ${reading.text}`, 'file'];
  if (reading.is === 'set') return [name, hide(name, reading.value), reading.origin];
  if (variable.generated) return [name, mask, 'generated'];
  return [name, (variable.default ?? '') || `(${variable.otherwise ?? 'none'})`, 'default'];
}

function hide(name: Name, value: string): string {
  if (!('secret' in variables[name])) return value;
  // Which server it is may be known, the password to it may not.
  return name === 'AUTH_DB_CONNECTION' || name === 'SMTP_URL' ? hidePassword(value) : mask;
}

function hidePassword(connection: string): string {
  if (/^sqlite:\/\//.test(connection)) return connection;
  const url = URL.parse(connection);
  // A password may also stand among the parameters, or, not encoded, anywhere in what is no address.
  const clear =
    url !== null &&
    /^(postgres(ql)?|smtps?):$/.test(url.protocol) &&
    !/[@?#]/.test(url.pathname + url.search + url.hash);
  if (!clear) return mask;
  if (url.password !== '') url.password = mask;
  return url.href;
}
