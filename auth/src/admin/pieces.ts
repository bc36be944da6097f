import { setTimeout as wait } from 'node:timers/promises';

/**
 * What AdminJS is made of and takes longest to load, each after what it needs itself. A module is loaded with all that it
 * imports at one go, during which nothing else happens: all of AdminJS would be a second.
 */
export const PIECES = [
  ...[
    'lodash',
    'react-dom',
    'react-dom/server',
    '@babel/parser',
    '@babel/traverse',
    '@babel/core',
    '@babel/preset-env',
  ],
  ...['rollup', 'axios', 'react-i18next', '@tiptap/core', '@tiptap/starter-kit', 'react-datepicker'],
  ...['react-select', 'styled-system', '@adminjs/design-system', '@hello-pangea/dnd', 'react-router-dom', 'ora'],
];

/** Milliseconds: what a decision asks of disk and database is answered meanwhile, of which each would wait for a piece more. */
const PAUSE = 30;

/**
 * Loads them one after the other; between two of them whatever waits is done first. One that is not there, in another
 * version of AdminJS, is none of its pieces any more.
 */
export async function loadPieces(load: (name: string) => Promise<unknown> = (name) => import(name)): Promise<void> {
  for (const name of PIECES) {
    await load(name).catch(() => undefined);
    await wait(PAUSE);
  }
}
