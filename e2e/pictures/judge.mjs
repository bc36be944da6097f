import { join } from 'node:path';
import { mustRun } from '../../test-support/command.mjs';

/**
 * @typedef {object} Question
 * @property {string} file
 * @property {number} page which of its pictures
 * @property {import('./make/entry.mjs').Judge | null} judge null: only the colours of the corners are asked for
 * @property {readonly (readonly [left: number, top: number, file: string])[]} tiles
 * @property {readonly [width: number, height: number]} size of the page
 * @property {number} level how often it was halved
 * @property {readonly [width: number, height: number]} shown pixels of the level
 */
/** @typedef {{mean?: number, most?: number, corners?: number[][], trouble?: string}} Verdict differences of 255 */

/**
 * Asks independent programs about what is served.
 * @param {readonly Question[]} questions
 * @param {string} cmyk a profile for CMYK that has none ({@link assumedProfile})
 * @returns {Promise<Verdict[]>} in the same order
 */
export async function judge(questions, cmyk) {
  const input = JSON.stringify(questions.map((question) => ({ ...question, cmyk })));
  const answer = await mustRun('/usr/bin/python3', [join(import.meta.dirname, 'judge.py')], { input, seconds: 300 });
  return JSON.parse(answer.toString());
}

/**
 * Writes the profile that libvips takes where CMYK has none, so that others can be asked what they make of it.
 * @param {string} folder
 * @returns {Promise<string>} the file
 */
export async function assumedProfile(folder) {
  const [black, lab, inks, profile] = ['black.v', 'lab.v', 'inks.tif', 'cmyk.icc'].map((name) => join(folder, name));
  await mustRun('vips', ['black', black, '8', '8', '--bands', '3']);
  await mustRun('vips', ['copy', black, lab, '--interpretation', 'lab']);
  await mustRun('vips', ['icc_export', lab, inks, '--output-profile', 'cmyk']);
  await mustRun('convert', [inks, profile]);
  return profile;
}
