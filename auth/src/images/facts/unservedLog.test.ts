import { expect, it } from 'vitest';
import type { Folder } from '../catalogue/listing.ts';
import { UnservedLog } from './unservedLog.ts';

function logOf(folder: Partial<Folder>) {
  const lines: { message: string; remedy: string | undefined }[] = [];
  const warn = (fields: object, message: string) =>
    lines.push({ message, remedy: (fields as { remedy?: string }).remedy });
  const unserved = new UnservedLog({ describe: (path) => ['/images', ...path].join('/') }, { warn });
  const empty: Folder = {
    kind: 'folder',
    path: ['maps'],
    real: ['maps'],
    images: [],
    folders: [],
    passedOver: [],
    astray: [],
  };
  for (let time = 0; time < 2; time += 1) unserved.folder({ ...empty, ...folder });
  return { lines, unserved };
}

it('A file of an impossible name is named once, to be renamed', () => {
  const { lines } = logOf({ passedOver: ['a!b.tif'] });
  expect(lines).toEqual([
    { message: expect.stringMatching(/^\/images\/maps\/a!b\.tif is not served: .*; rename it/), remedy: undefined },
  ]);
});

it('Twenty links that lead nowhere are named, and how many more there are', () => {
  const astray = Array.from({ length: 23 }, (_, number) => ({ name: `link${number}`, why: 'outside' as const }));
  const { lines } = logOf({ astray });
  expect(lines).toHaveLength(21);
  expect(lines[0]?.message).toMatch(/^\/images\/maps\/link0 is not served: it is a link that leads out of IMAGE_DIR/);
  expect(lines[20]?.message).toMatch(/^3 more names in \/images\/maps are not served/);
});

it('Another thing about the same image is said too', () => {
  const { lines, unserved } = logOf({});
  const picture = { kind: 'file', path: ['link.tif'], real: ['a.tif'], state: '1', page: 0 } as const;
  unserved.image(picture, 'is not served: CMYK', 'convert it');
  unserved.image(picture, 'is broken', 'copy it');
  unserved.image(picture, 'is broken', 'copy it');
  expect(lines).toEqual([
    { message: '/images/a.tif is not served: CMYK', remedy: 'convert it' },
    { message: '/images/a.tif is broken', remedy: 'copy it' },
  ]);
});
