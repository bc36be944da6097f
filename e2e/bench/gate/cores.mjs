import { readFileSync } from 'node:fs';
import { descendants } from '../../../test-support/processes.mjs';

/** Two cores, far apart: neighbours may be one in truth. All of the server's side shares the one, the client has the other. */
export const cores = read();

function read() {
  const [, list = '0'] = /^Cpus_allowed_list:\s+(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const numbers = list.split(/[,-]/);
  return { server: numbers[0], client: numbers.at(-1) ?? '0', areTwo: numbers.length > 1 };
}

/**
 * What processes and their children have computed so far, microseconds of a core.
 * @param {readonly number[]} pids
 */
export function computed(pids) {
  return pids
    .flatMap((pid) => [pid, ...descendants(pid).map((child) => child.pid)])
    .reduce((sum, pid) => sum + ofProcess(pid), 0);
}

/**
 * The kernel counts in hundredths of a second.
 * @param {number} pid
 */
function ofProcess(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return 10_000 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return 0; // it has ended meanwhile
  }
}
