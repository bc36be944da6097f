import type { ResourceWithOptions } from 'adminjs';
import { durationOf } from '../../images/census/summary.ts';
import type { Overview } from '../../images/census/overview.ts';
import type { Row } from '../filterAndPage.ts';
import type { PanelServices } from '../services.ts';
import { inMemory } from './inMemory.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource } from './tableResource.ts';

type Pictures = PanelServices['pictures'];

const NUMBERS = ['pictures', 'ready', 'beingMade', 'unserved'] as const;

/** How it stands with the pictures: all of them, and folder by folder. */
export function picturesResource(pictures: Pictures): ResourceWithOptions {
  const columns = ['folder', ...NUMBERS, 'left'];
  return {
    resource: new TableResource({
      name: 'pictures',
      fields: [
        { name: 'folder', sortable: false },
        ...NUMBERS.map((name) => ({ name, type: 'number', sortable: false }) as const),
        { name: 'left', sortable: false },
      ],
      ...inMemory('folder', () => rowsOf(pictures, foldersOf)),
    }),
    options: {
      titleProperty: 'folder',
      navigation: { icon: 'Image' },
      actions: { ...switchedOff.everywhere, ...switchedOff.readOnly, show: switchedOff.off },
      listProperties: columns,
      filterProperties: ['folder'],
    },
  };
}

/** The files that cannot be served, why, and what is to be done. */
export function unservedResource(pictures: Pictures): ResourceWithOptions {
  return {
    resource: new TableResource({
      name: 'unserved',
      fields: [{ name: 'file' }, { name: 'reason' }, { name: 'remedy', sortable: false }],
      ...inMemory('file', () => rowsOf(pictures, ({ unserved }) => unserved.map((one) => ({ ...one })))),
    }),
    options: {
      titleProperty: 'file',
      navigation: { icon: 'AlertTriangle' },
      actions: { ...switchedOff.everywhere, ...switchedOff.readOnly, show: switchedOff.off },
      listProperties: ['file', 'reason', 'remedy'],
      filterProperties: ['file', 'reason'],
    },
  };
}

/** One row that says so where nobody answers. */
async function rowsOf(pictures: Pictures, rows: (overview: Overview) => Row[]): Promise<Row[]> {
  const overview = await pictures();
  if (!('kind' in overview)) return rows(overview);
  const why = `The service pyramids does not answer: ${overview.reason}`;
  return [{ folder: why, file: '', reason: why }];
}

function foldersOf({ all, folders, secondsLeft }: Overview): Row[] {
  const left = all.beingMade > 0 && secondsLeft !== undefined ? durationOf(secondsLeft) : '';
  return [
    { folder: 'All folders', ...all, left },
    ...folders.map(({ folder, ...counts }) => ({ folder: folder === '' ? '/' : folder, ...counts, left: '' })),
  ];
}
