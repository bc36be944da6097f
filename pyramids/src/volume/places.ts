/*
 * Where a page lies on the volume: `{first two digits of the key}/{the others}-{page}`, and by its ending what it is.
 * Every file under such a name is whole: it was made in `.making/` and renamed.
 */

/**
 * - `.tif`: the pyramid, or a link to a master that is one
 * - `.reduced.tif`: a level of it, for whole pictures of an image server that draws from the largest one only
 * - `.jp2`: a link to a master that the image server shows until the pyramid is made
 * - `.json`: a note of what it was made of; its time of change is when it was used
 * - `.failed.json`: why it was not made
 */
export type Ending = '.tif' | '.reduced.tif' | '.jp2' | '.json' | '.failed.json';

const NAME = /^(?<base>[0-9a-f]{62}-\d{1,9})(?<ending>\.tif|\.reduced\.tif|\.jp2|\.json|\.failed\.json)$/v;

/** @returns the path of a page below the volume, without an ending; `page` counts from 0 */
export function baseOf(key: string, page: number): string {
  return `${key.slice(0, 2)}/${key.slice(2)}-${page}`;
}

/** @returns how the image server and auth name a page, e.g. `ab/cd…ef-0.tif` */
export function sourceOf(key: string, page: number, ending: '.tif' | '.reduced.tif' | '.jp2' = '.tif'): string {
  return baseOf(key, page) + ending;
}

/** @returns the base of a source; undefined if it is none */
export function baseOfSource(source: string): string | undefined {
  const { folder, base } =
    /^(?<folder>[0-9a-f]{2})\/(?<base>[0-9a-f]{62}-\d{1,9})\.(?:tif|jp2)$/v.exec(source)?.groups ?? {};
  return folder === undefined || base === undefined ? undefined : `${folder}/${base}`;
}

/** @returns base and ending of a file in one of the folders of the volume; undefined if it is none of ours */
export function parseName(folder: string, name: string): { base: string; ending: Ending } | undefined {
  const { base, ending } = NAME.exec(name)?.groups ?? {};
  return base === undefined ? undefined : { base: `${folder}/${base}`, ending: ending as Ending };
}
