import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from '../config/config.ts';

export type Log = Logger;

/** Fields that would let a reader of the log in. A failed query carries its values as `parameters`. */
const confidential = /^((set-)?cookie|.*authorization|.*password.*|.*token|.*secret.*|parameters)$/i;

/**
 * A logger that writes one JSON object a line: the message first, the time as ISO 8601, and no credentials in fields of
 * any depth.
 * @param destination where the lines go; standard output if left out, written at once so that no last word is lost
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      hooks: { streamWrite: tidy },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** Done on the finished line, where children's fields, serializers and nesting make no difference any more. */
function tidy(line: string): string {
  const { msg, ...rest } = JSON.parse(line, (key, value: unknown) =>
    confidential.test(key) ? '[removed]' : value,
  ) as Record<string, unknown>;
  return `${JSON.stringify({ msg, ...rest })}\n`;
}
