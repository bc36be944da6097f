// The files of the repository, as the tests of the manual read them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/**
 * @param {string} file from the root of the repository
 * @returns {string} what is in it
 */
export const read = (file) => readFileSync(join(root, file), 'utf8');

/**
 * The files that are in git or would be added to it, and are there.
 *
 * @param {string[]} patterns as git understands them
 * @returns {string[]} from the root of the repository
 */
export const files = (...patterns) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { cwd: root })
    .toString()
    .trim()
    .split('\n')
    .filter((file) => existsSync(join(root, file)));
