import { pino, stdTimeFunctions } from 'pino';
import type { Config } from './config/config.ts';
import type { Log } from './shared/log.ts';

/**
 * A logger that writes one JSON object a line, as auth's does: the message first, the time as ISO 8601. Written at once,
 * so that no last word is lost.
 */
export function createLog(level: Config['logLevel']): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      hooks: { streamWrite: messageFirst },
    },
    pino.destination({ dest: 1, sync: true }),
  );
}

function messageFirst(line: string): string {
  const { msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  return `${JSON.stringify({ msg, ...rest })}\n`;
}
