import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent
 * @property {string} name of its program
 */

/** As the kernel writes them: a state, and 127.0.0.1. */
const LISTEN = '0A';
const LOOPBACK = '0100007F';

/** @returns {Process[]} all processes of this machine, zombies left out */
function processes() {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const [, state, parent] = /.*\) (\w) (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        // Not what the kernel calls it: node's is MainThread. nginx writes its part behind its name.
        const [command] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0:]/);
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), name: basename(command) }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/**
 * Kills all of them. One that ended since it was looked for is as good as killed.
 * @param {number[]} pids
 */
export function killAll(pids) {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {number} throws where it could not be started
 */
export function pidOf({ pid, spawnfile }) {
  if (pid === undefined) throw new Error(`${spawnfile} was not started`);
  return pid;
}

/**
 * @param {number} pid
 * @returns {Process[]} a process's children, their children and so on
 */
export function descendants(pid) {
  const all = processes();
  /** @type {Process[]} */
  const found = [];
  let next = [pid];
  while (next.length > 0) {
    const children = all.filter(({ parent }) => next.includes(parent));
    found.push(...children);
    next = children.map((child) => child.pid);
  }
  return found;
}

/**
 * @param {number} pid of a ./serve
 * @param {'auth' | 'pyramids'} service
 * @returns {number} the process of one of its services that node runs; throws if there is none
 */
export function serviceOf(pid, service) {
  const file = `/${service}/src/main.ts`;
  const found = descendants(pid).find((one) => argumentsOf(one.pid).some((argument) => argument.endsWith(file)));
  if (found === undefined) throw new Error(`${service} does not run`);
  return found.pid;
}

/** @param {number} pid */
function argumentsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // it has ended meanwhile
  }
}

/**
 * @param {number} pid
 * @returns {number} how far a process gives way to others: 0 not at all, 19 to everybody
 */
export function nicenessOf(pid) {
  // Behind the name, which may hold anything: the 19th field of all (proc(5)).
  return Number(
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[16],
  );
}

/**
 * @param {number} pid
 * @returns {string} the user that a process runs as
 */
export function ownerOf(pid) {
  const [, uid = ''] = /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  return accounts.find((line) => line.split(':')[2] === uid)?.split(':')[0] ?? uid;
}

/**
 * @param {number} pid
 * @returns {boolean} whether a process is there and no zombie
 */
export function lives(pid) {
  return processes().some((one) => one.pid === pid);
}

/**
 * @param {readonly number[]} pids
 * @returns {{port: number, loopback: boolean}[]} where any of the processes listens by TCP; `loopback` if only this machine
 *   can reach it
 */
export function listenersOf(pids) {
  const sockets = new Set(pids.flatMap(socketsOf));
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTEN && sockets.has(inode))
      .map(([, local]) => local.split(':'))
      .map(([address, port]) => ({ port: Number.parseInt(port, 16), loopback: address === LOOPBACK })),
  );
}

/** @param {number} pid */
function socketsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed meanwhile
      }
    });
  } catch {
    return [];
  }
}
