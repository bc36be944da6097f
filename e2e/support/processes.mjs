import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * @typedef {object} Process
 * @property {number} pid
 * @property {number} parent
 * @property {string} name as the kernel keeps it: 15 characters at most
 * @property {string} state one letter; Z for a zombie
 */

/** @returns {Process[]} all processes of this machine, zombies left out */
function processes() {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        const [state, parent] = rest.split(' ');
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), name, state }];
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

/** @returns {Set<number>} the TCP ports on which any of the processes listens */
export function portsOf(pids) {
  const sockets = new Set(pids.flatMap(socketsOf));
  const ports = new Set();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && sockets.has(inode)) ports.add(Number.parseInt(local.split(':')[1], 16));
    }
  }
  return ports;
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
