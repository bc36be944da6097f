import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const kinds = /\.(tiff?|jp2|jpe?g|png|gif)$/i;

/** Decodes as Java's URLDecoder: `+` is a space. Throws a URIError on a bad escape. */
const decode = (text) => decodeURIComponent(text.replaceAll('+', ' '));

/**
 * The file that digilib takes an identifier for, with all of its generosity: escapes are decoded twice, empty and `.`
 * parts left out, a last `..` followed, extensions ignored, and a folder is its first image.
 * @returns {string | 'nothing' | 'forbidden'} a path; `forbidden` for `../`, which digilib answers with an empty 200
 */
export function find(root, identifier) {
  let name = decode(identifier);
  if (name.includes('%')) name = decode(name);
  name = name.replaceAll('!', '/');
  if (name.includes('../')) return 'forbidden';
  const file = join(root, name);
  if (isFolder(file)) return first(file, () => true);
  const [folder, stem] = [join(file, '..'), bare(file)];
  return isFolder(folder) ? first(folder, (path) => bare(path) === stem) : 'nothing';
}

const bare = (path) => path.replace(/\.[^./]*$/, '');
const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function first(folder, wanted) {
  const files = readdirSync(folder).filter((name) => kinds.test(name) && !name.startsWith('.'));
  const paths = files.sort().map((name) => join(folder, name));
  return paths.find((path) => wanted(path)) ?? 'nothing';
}
