import { spawn } from 'node:child_process';
import { pidOf } from '../../../test-support/processes.mjs';

/** @typedef {{pid: number, ended: Promise<void>}} Child */

/**
 * A program that the kernel stops when this process dies, however that happens.
 * @param {Child[]} children where it is noted
 * @param {string} command
 * @param {string[]} parameters
 * @param {{env: NodeJS.ProcessEnv, extra?: 'pipe'}} options `extra`: what it gets as file 3
 * @returns {import('node:child_process').ChildProcess}
 */
export function startChild(children, command, parameters, { env, extra }) {
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = ['ignore', 'ignore', 'ignore', ...(extra ? [extra] : [])];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...parameters], { env, stdio });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) =>
    child
      .once('close', () => {
        resolve();
      })
      .once('error', () => {
        resolve();
      }),
  );
  children.push({ pid: pidOf(child), ended });
  return child;
}
