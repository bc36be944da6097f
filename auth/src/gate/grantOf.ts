import { hash, randomBytes } from 'node:crypto';
import type { ImageAddress } from '../iiif/imageAddress.ts';
import type { Pyramid } from '../iiif/pyramid.ts';
import type { RenderingSource } from '../images/facts/readiness.ts';

/** Of this process: whatever another one was told to do differently, or does, it does under another name. */
const PROCESS = randomBytes(16).toString('hex');

/** The name of a grant (`Grant.grant`): SHA-256, its first half, hex. */
export function grantOf(
  { version: api, prefix, tier }: ImageAddress,
  named: readonly string[],
  version: string,
  { tile, levels, native }: Pyramid,
  from: RenderingSource,
): string {
  const image = [...named, version, `${tile.width}`, `${tile.height}`, `${levels.length}`, `${native}`];
  const source = [from.source, `${from.native}`, from.reduced?.source ?? ''];
  return hash('sha256', [PROCESS, `${api}`, prefix, `${tier}`, ...source, ...image].join('\n')).slice(0, 32);
}
