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
        const [, state, parent] = /.*\) (\w) (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        // Not what the kernel calls it: node's is MainThread. nginx writes its part behind its name.
        const [command] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0:]/);
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), name: basename(command) }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** @returns {Process[]} a process's children, their children and so on */
export function descendants(pid) {
  const all = processes();
  const found = [];
  let next = [pid];
  while (next.length > 0) {
    const children = all.filter(({ parent }) => next.includes(parent));
    found.push(...children);
    next = children.map((child) => child.pid);
  }
  return found;
}

/** @returns {boolean} whether a process is there and no zombie */
export function lives(pid) {
  return processes().some((one) => one.pid === pid);
}

/**
 * @param {number[]} pids
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
