import { hash } from 'node:crypto';
import type { Dimensions } from '../iiif/geometry.ts';

/** What identifies a picture: where its own file (the master) lies, in which state that is, and which page of it is meant. */
export type Picture = {
  readonly kind: 'file';
  /** Parts of the path that names it below `IMAGE_DIR`, with the extension; that of a page ends with its number. */
  readonly path: readonly string[];
  /** Parts of the path where its file really lies: the same but for links. It is what is judged, so a link gives no right. */
  readonly real: readonly string[];
  /** Another one whenever the file is another, or is changed ({@link stateOf}). */
  readonly state: string;
  /** Of a file of several pages, from 1; 0 where the file itself is named, which is one picture then. */
  readonly page: number;
};

/** Names one state of one file, whatever it is called: what is made of it lies under this name. SHA-256, hex. */
export function pictureKey({ state, real }: Pick<Picture, 'state' | 'real'>): string {
  return hash('sha256', [state, ...real].join('\n'));
}

/**
 * Changes whenever the file does, and whenever it is drawn in another size (pixels), as the pages of a PDF are when `PDF_DPI`
 * changes; names the state of its renditions in caches and to browsers. `key`: its key.
 */
export function pictureVersion(key: string, { width, height }: Dimensions): string {
  return hash('sha256', `${key} ${width} ${height}`).slice(0, 16);
}
