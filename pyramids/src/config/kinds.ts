import { accessSync, constants, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

/*
 * The kinds of values a variable can have. Each reads the text of the variable; its messages are sentences that say what
 * to do. What the operator sets has the same rule in auth/src/config, which documents it.
 */

/** @returns a kind for whole numbers between two bounds, both included */
export const integer = (from: number, to: number) =>
  z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: `Give a whole number from ${from} to ${to}.`,
    })
    .transform(Number);

export const ipAddress = z
  .string()
  .refine((text) => isIP(text) !== 0, { error: 'Give an IP address of this computer.' });

export const imageServer = z.enum(['iipsrv', 'digilib'], { error: 'Write iipsrv or digilib.' });

export const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
  error: 'Write fatal, error, warn, info, debug or trace.',
});

const BYTES = { m: 2 ** 20, g: 2 ** 30 };

/** Room on a disk, as bytes. */
export const room = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,4}[mg])$/i, { error: 'Give 0, or a number followed by m (megabytes) or g (gigabytes).' })
  .transform((text) => parseInt(text, 10) * (/g$/i.test(text) ? BYTES.g : BYTES.m));

/** @returns a kind for a folder that is there and that this process may use so; its output is absolute */
export const folder = (needs: 'read' | 'write') =>
  z
    .string()
    .superRefine((path, context) => {
      const message = folderProblem(path, needs);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .transform((path) => resolve(path));

function folderProblem(path: string, needs: 'read' | 'write'): string | undefined {
  try {
    if (!statSync(path).isDirectory()) return 'This is not a folder. Name the folder, not a file in it.';
    accessSync(path, constants.X_OK | constants.R_OK | (needs === 'write' ? constants.W_OK : 0));
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'There is no such folder. Create it or correct the path.';
    const user = process.getuid === undefined ? '' : ` (number ${process.getuid()})`;
    return `The user of this service${user} may not ${needs} there (${String(code)}). Give that user the permission.`;
  }
}
