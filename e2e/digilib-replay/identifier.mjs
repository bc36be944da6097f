import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const kinds = /\.(tiff?|jp2|jpe?g|png|gif)$/i;

/**
 * The file that digilib takes an identifier for: `!` parts folders, extensions are ignored unless there is that very file,
 * and a folder is its first image.
 * @param {string} root
 * @param {string} identifier
 * @returns {string | undefined} a path; undefined where there is none
 */
export function find(root, identifier) {
  const file = pathOf(root, identifier);
  if (isFolder(file)) return first(file, () => true);
  if (!isFolder(dirname(file))) return undefined;
  return (
    first(dirname(file), (name) => name === basename(file)) ??
    first(dirname(file), (name) => bare(name) === bare(basename(file)))
  );
}

/**
 * Whether digilib knows the folder that an identifier lies in, or is.
 * @param {string} root
 * @param {string} identifier
 */
export function isKnown(root, identifier) {
  const file = pathOf(root, identifier);
  return isFolder(file) || isFolder(dirname(file));
}

const pathOf = (/** @type {string} */ root, /** @type {string} */ identifier) =>
  join(root, decodeURIComponent(identifier).replaceAll('!', '/'));
const bare = (/** @type {string} */ name) => name.replace(/\.[^.]*$/, '');
const isFolder = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * @param {string} folder
 * @param {(name: string) => boolean} wanted
 */
function first(folder, wanted) {
  const name = readdirSync(folder)
    .filter((one) => kinds.test(one) && !one.startsWith('.'))
    .sort()
    .find(wanted);
  return name && join(folder, name);
}
