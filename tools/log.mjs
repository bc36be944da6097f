// Makes a service's log legible: JSON lines become "time name level message field=value …"; others pass as they are.
// Usage: some-service | node log.mjs NAME
import { createInterface } from 'node:readline';

// The last words come after Ctrl-C; the end of the input ends this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const name = process.argv[2] ?? '';

/** @param {string} line */
function legible(line) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return line;
  }
  if (typeof entry?.msg !== 'string') return line;
  const { msg, level, time, ...fields } = entry;
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${written(value)}`);
  const clock = new Date(time).toTimeString().slice(0, 8);
  return [clock, name, ...(level === 'info' ? [] : [String(level).toUpperCase()]), onOneLine(msg), ...rest].join(' ');
}

/** @param {unknown} value */
function written(value) {
  if (typeof value === 'object' && value !== null && 'stack' in value && typeof value.stack === 'string')
    return value.stack;
  return typeof value === 'string' ? onOneLine(value) : JSON.stringify(value);
}

// A file's name may hold a line break, and what follows it must not look like a line of ours; nor steer a terminal.
/** @param {string} text */
function onOneLine(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    return character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(`${legible(line)}\n`);
