import { accessSync, constants, statSync } from 'node:fs';
import { z } from 'zod';

/**
 * What keeps a path from being a folder that this process can use.
 * @param access how the operating system is asked; it throws where it refuses
 * @returns a sentence, or undefined if nothing is wrong
 */
export function folderProblem(path: string, needs: 'read' | 'write', access = accessSync): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'There is no such folder. Create it or correct the path.';
  if (!stat.isDirectory()) return 'This is not a folder. Name the folder, not a file in it.';
  try {
    access(path, constants.X_OK | constants.R_OK | (needs === 'write' ? constants.W_OK : 0));
    return undefined;
  } catch {
    const user = process.getuid === undefined ? '' : ` (number ${process.getuid()})`;
    const how = needs === 'read' ? ': chmod -R a+rX' : '';
    return `Vitrine's user${user} may not ${needs} there. Give that user the permission${how}.`;
  }
}

function folder(form: string, problemOf: (path: string) => string | undefined) {
  return z
    .string()
    .superRefine((path, context) => {
      let problem: string | undefined;
      try {
        problem = problemOf(path);
      } catch (error) {
        // A path through a file (ENOTDIR), a closed folder above (EACCES), a loop of links, …
        problem = `This folder cannot be looked at (${String(error)}). Correct the path or its permissions.`;
      }
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .describe(form);
}

/** An existing folder that can be listed. The path that a container sees is not the one that the operator wrote. */
export function readableFolder(variable: string) {
  return folder('a folder that can be read', (path) => {
    const problem = folderProblem(path, 'read');
    return problem && `${problem} In a container this path stands for the folder that ${variable} names outside.`;
  });
}

/** An existing folder that files can be made in. */
export const writableFolder = folder('a folder that can be written to', (path) => folderProblem(path, 'write'));
