import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../../../test-support/command.mjs';

const FOLDER = join(import.meta.dirname, '..');
const PYTHON = join(FOLDER, '.venv/bin/python');

/**
 * Runs judge.py, which is IIIF's validator of the Image API.
 * @param {string[]} parameters
 * @param {object} [options]
 * @param {string} [options.token] what goes along as `Authorization`
 * @returns {Promise<unknown[]>} its answers; throws with what it wrote if it fails
 */
export async function judge(parameters, { token = '' } = {}) {
  if (!existsSync(PYTHON)) throw new Error('The validator is not installed: ./test proxy does that.');
  const env = { ...process.env, TOKEN: token, PYTHONDONTWRITEBYTECODE: '1' };
  const lines = await mustRun(PYTHON, [join(FOLDER, 'judge.py'), ...parameters], { env, seconds: 240 });
  return lines
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
