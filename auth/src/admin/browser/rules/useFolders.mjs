import { useEffect, useRef, useState } from '../globals.mjs';
import { ask } from './ask.mjs';
import { foldersAbove } from './treeRows.mjs';

/** @import { Folder } from './ask.mjs' */

/**
 * The folders that the tree has loaded, and those that are open. They are loaded when they are opened.
 * @param {string} chosen the place whose folders are open from the start
 */
export function useFolders(chosen) {
  const [folders, setFolders] = useState(/** @type {ReadonlyMap<string, Folder>} */ (new Map()));
  const [open, setOpen] = useState(/** @type {ReadonlySet<string>} */ (new Set(['.'])));
  const asked = useRef(/** @type {Set<string>} */ (new Set()));

  const load = async (/** @type {string} */ place) => {
    const { folder } = await ask('folder', { place });
    if (folder) setFolders((before) => new Map(before).set(place, folder));
    else asked.current.delete(place);
  };
  const loadOnce = (/** @type {string} */ place) => {
    if (asked.current.has(place)) return;
    asked.current.add(place);
    void load(place);
  };
  const show = (/** @type {string[]} */ places) => {
    places.forEach(loadOnce);
    setOpen((before) => new Set([...before, ...places]));
  };
  useEffect(() => {
    show(['.', ...foldersAbove(chosen)]);
  }, [chosen]);

  return {
    folders,
    open,
    /** @param {string} place */
    unfold: (place) => {
      show([place]);
    },
    /** @param {string} place */
    fold: (place) => {
      setOpen((before) => new Set([...before].filter((one) => one !== place)));
    },
    /** After a rule has changed: what is marked. @param {string} place */
    again: (place) => {
      for (const one of foldersAbove(place)) void load(one);
      if (place === '.') void load('.');
    },
  };
}
