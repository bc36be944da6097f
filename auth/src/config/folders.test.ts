import { constants } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { folderProblem } from './folders.ts';

it.each(['read', 'write'] as const)(
  'A folder that may not be used to %s is named with the user who may not',
  (needs) => {
    // Root may read and write everywhere, so the refusal of the operating system is played.
    const refuses = () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    };
    expect(folderProblem('/', needs, refuses)).toMatch(new RegExp(`user \\(number \\d+\\) may not ${needs} there`));
  },
);

it('Only where files are made is the right to write asked for', () => {
  const access = vi.fn();
  expect(folderProblem('/', 'read', access)).toBeUndefined();
  expect(access).toHaveBeenLastCalledWith('/', constants.X_OK | constants.R_OK);
  expect(folderProblem('/', 'write', access)).toBeUndefined();
  expect(access).toHaveBeenLastCalledWith('/', constants.X_OK | constants.R_OK | constants.W_OK);
});
