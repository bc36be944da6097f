import { spawn } from 'node:child_process';

/**
 * @typedef {object} CommandOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {string | Buffer} [input] all of its standard input
 * @property {number} [seconds] the limit
 */

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {CommandOptions} [options]
 * @returns {Promise<{code: number | null, stdout: Buffer, text: string}>} `text` is both outputs in the order in which they
 *   came; throws only if the command cannot be started or the time is over
 */
export function runCommand(command, parameters, { env = process.env, cwd, input = '', seconds = 180 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { env, cwd });
    /** @type {Buffer[]} */
    const results = [];
    /** @type {Buffer[]} */
    const all = [];
    child.stdout.on('data', (/** @type {Buffer} */ part) => {
      results.push(part);
      all.push(part);
    });
    child.stderr.on('data', (/** @type {Buffer} */ part) => all.push(part));
    child.stdin.on('error', () => undefined); // it need not read it
    child.stdin.end(input);
    const clock = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new Error(
          `${command} ${parameters.join(' ')} takes longer than ${seconds} s:\n${Buffer.concat(all).toString()}`,
        ),
      );
    }, seconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(clock);
      resolve({ code, stdout: Buffer.concat(results), text: Buffer.concat(all).toString() });
    });
  });
}

/**
 * The same for a command that has to succeed.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {CommandOptions} [options]
 * @returns {Promise<Buffer>} what it wrote as a result; throws with both outputs if it does not succeed
 */
export async function mustRun(command, parameters, options) {
  const { code, stdout, text } = await runCommand(command, parameters, options);
  if (code !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${code}:\n${text}`);
  return stdout;
}
