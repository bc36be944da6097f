import { Refused } from '../identity/errors.ts';
import { counted } from '../images/census/summary.ts';
import { pictureKey } from '../images/picture.ts';
import type { Page } from '../images/pyramids/answers.ts';
import type { Pictures } from './pictures.ts';

/** Seconds that a pyramid is waited for. */
const PATIENCE = 30;

/** What lies beside pictures mostly is none, so other names are not looked at: nothing else says this of them. */
const NOT_LOOKED_AT = {
  reason: 'its name does not end as that of a picture does',
  remedy: 'if it is one, rename it: .jpg, .tif, or what it is',
} as const;

/**
 * How a file is served, in words: what it is, and whether its first page can be shown.
 * @throws Refused where it is not there or cannot be served, with what to do; or where `pyramids` does not answer
 */
export async function checked({ catalogue, pyramids }: Pictures, path: readonly string[]): Promise<string> {
  const name = path.join('/');
  const file = await catalogue.find(path);
  if (file.kind === 'missing') {
    if (await isFile(catalogue, path)) throw unserved(name, NOT_LOOKED_AT.reason, NOT_LOOKED_AT.remedy);
    throw new Refused('file', `There is no picture ${name} in the folder of images.`);
  }
  const master = { key: pictureKey(file), path: file.real.join('/'), state: file.state };
  const answer = await pyramids.facts([master], 'none');
  if ('kind' in answer) throw silence(answer.reason);
  const [facts] = answer;
  if (facts?.kind !== 'picture') throw unserved(name, facts?.reason ?? 'nothing is known of it', facts?.remedy);
  const [first] = facts.pages;
  const what = `${name}: ${sizeOf(first)}${facts.pages.length > 1 ? `, the first of ${facts.pages.length} pages` : ''}`;
  const ready = await pyramids.ready(master, 0, PATIENCE);
  switch (ready.kind) {
    case 'ready':
      return `${what}; ready, ${first.form === 'fit' ? 'served as it is' : 'served from a pyramid'}.`;
    case 'making':
      return `${what}; its pyramid is being made, which takes longer than ${PATIENCE} seconds.`;
    case 'failed':
      throw unserved(name, ready.reason, ready.remedy);
    case 'silent':
    case 'unavailable':
      throw silence(ready.reason);
  }
}

async function isFile(catalogue: Pictures['catalogue'], path: readonly string[]): Promise<boolean> {
  return (await catalogue.realOf(path)) !== undefined && (await catalogue.folder(path)) === undefined;
}

function sizeOf({ width, height }: Page): string {
  return `${counted(width)} x ${counted(height)} pixels`;
}

function unserved(name: string, reason: string, remedy = ''): Refused {
  return new Refused('file', `${name} cannot be served: ${reason}. ${remedy}`.trim());
}

function silence(reason: string): Refused {
  return new Refused('pyramids', `Nothing can be said now: ${reason}`);
}
