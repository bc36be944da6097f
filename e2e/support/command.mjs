import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} parameters
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {string | Buffer} [options.input] all of its standard input
 * @param {number} [options.seconds] the limit
 * @returns {Promise<{code: number | null, stdout: Buffer, text: string}>} `text` is both outputs in the order in which they
 *   came; throws only if the command cannot be started or the time is over
 */
export function runCommand(command, parameters, { env = process.env, cwd, input = '', seconds = 60 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { env, cwd });
    const results = [];
    const all = [];
    child.stdout.on('data', (part) => (results.push(part), all.push(part)));
    child.stderr.on('data', (part) => all.push(part));
    child.stdin.on('error', () => undefined); // it need not read it
    child.stdin.end(input);
    const clock = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${command} ${parameters.join(' ')} takes longer than ${seconds} s:\n${Buffer.concat(all)}`));
    }, seconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(clock);
      resolve({ code, stdout: Buffer.concat(results), text: Buffer.concat(all).toString() });
    });
  });
}

/** The same for a command that has to succeed: throws with what it wrote if it does not. @returns what it wrote as a result */
export async function mustRun(command, parameters, options) {
  const { code, stdout, text } = await runCommand(command, parameters, options);
  if (code !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${code}:\n${text}`);
  return stdout;
}
