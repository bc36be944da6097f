/** @import { Folder } from './ask.mjs' */

/**
 * @typedef {object} Row what the tree draws in one line
 * @property {string} place
 * @property {string} name
 * @property {'folder' | 'image' | 'missing' | 'more'} kind
 * @property {number} level from 1
 * @property {number} position among its neighbours, from 1
 * @property {number} size how many neighbours there are, itself among them
 * @property {boolean} own whether it has a rule of its own
 * @property {boolean} within whether something in it has
 */

/**
 * @param {string} folder
 * @param {string} name
 * @returns {string} the place of what is in a folder
 */
export function placeIn(folder, name) {
  return folder === '.' ? name : `${folder}/${name}`;
}

/** @param {string} place @returns {string} the folder that it is in; of all images that itself */
export function parentOf(place) {
  const end = place.lastIndexOf('/');
  return end < 0 ? '.' : place.slice(0, end);
}

/** @param {string} place @returns {string[]} the folders above it, from the top */
export function foldersAbove(place) {
  if (place === '.') return [];
  const parts = place.split('/');
  return ['.', ...parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))];
}

/**
 * The lines of what is open, in their order.
 * @param {ReadonlyMap<string, Folder>} folders those that are loaded, by place
 * @param {ReadonlySet<string>} open
 * @param {string} rootName
 * @returns {Row[]}
 */
export function rowsOf(folders, open, rootName) {
  /** @type {Row[]} */
  const rows = [];
  const own = folders.get('.')?.here === true;
  add({ place: '.', name: rootName, kind: 'folder', level: 1, position: 1, size: 1, own, within: false });
  return rows;

  /** @param {Row} row */
  function add(row) {
    rows.push(row);
    const folder = row.kind === 'folder' && open.has(row.place) ? folders.get(row.place) : undefined;
    if (!folder) return;
    const [own, within] = [new Set(folder.own), new Set(folder.within)];
    const size = folder.folders.length + folder.images.length + folder.missing.length + (folder.more > 0 ? 1 : 0);
    let position = 0;
    const child = (/** @type {Row['kind']} */ kind, /** @type {string} */ name) => {
      const place = placeIn(row.place, name);
      const marks = { own: kind === 'missing' || own.has(name), within: kind === 'folder' && within.has(name) };
      add({ place, name, kind, level: row.level + 1, position: (position += 1), size, ...marks });
    };
    for (const name of folder.folders) child('folder', name);
    for (const name of folder.images) child('image', name);
    for (const name of folder.missing) child('missing', name);
    if (folder.more > 0) child('more', `… ${folder.more}`);
  }
}

/**
 * The next line, round the end, whose name begins so: of one letter that is typed again the one after.
 * @param {Row[]} rows
 * @param {number} from the line that is active
 * @param {string} typed
 * @returns {number} `from` where there is none
 */
export function typedAhead(rows, from, typed) {
  const wanted = typed.toLocaleLowerCase();
  const first = typed.length === 1 ? 1 : 0;
  for (let step = first; step < rows.length + first; step += 1) {
    const index = (from + step) % rows.length;
    if (rows[index].name.toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return from;
}
