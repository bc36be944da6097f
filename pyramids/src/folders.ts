import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Config } from './config/config.ts';

/** A question that is asked once at a time: on a share that does not answer, each would keep a thread waiting. */
export function complaintOf({ images, pyramids }: Config): () => Promise<string | undefined> {
  let asked: Promise<string | undefined> | undefined;
  return () =>
    (asked ??= look(images, pyramids).finally(() => {
      asked = undefined;
    }));
}

async function look(images: string, pyramids: string): Promise<string | undefined> {
  try {
    await access(images, constants.R_OK | constants.X_OK);
  } catch {
    return 'The folder of images is not there.';
  }
  try {
    await access(pyramids, constants.W_OK | constants.R_OK | constants.X_OK);
    return undefined;
  } catch {
    return 'The volume of the pyramids cannot be written to.';
  }
}
