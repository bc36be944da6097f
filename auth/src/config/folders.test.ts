import { accessSync, constants } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { folderProblem } from './folders.ts';

// Root may read and write everywhere, so the refusal of the operating system is played.
vi.mock('node:fs', async (original) => ({ ...(await original<object>()), accessSync: vi.fn() }));

it.each(['read', 'write'] as const)(
  'A folder that may not be used to %s is named with the user who may not',
  (needs) => {
    vi.mocked(accessSync).mockImplementationOnce(() => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    expect(folderProblem('/', needs)).toMatch(new RegExp(`user \\(number \\d+\\) may not ${needs} there`));
  },
);

it('Only where files are made is the right to write asked for', () => {
  expect(folderProblem('/', 'read')).toBeUndefined();
  expect(accessSync).toHaveBeenLastCalledWith('/', constants.X_OK | constants.R_OK);
  expect(folderProblem('/', 'write')).toBeUndefined();
  expect(accessSync).toHaveBeenLastCalledWith('/', constants.X_OK | constants.R_OK | constants.W_OK);
});
