import { expect, it } from 'vitest';
import { readAccessFile } from './accessFile.ts';
import { inWords } from './yamlFile.ts';

const WHO = 'has to be everyone, users, or which of them: { roles: …, users: …, networks: …, gesture: … }';

it.each([
  ['who is one word', 'folders:\n  a:\n    - who: staff', `line 3, column 7: "who" ${WHO}; probably { roles: staff }`],
  [
    'who is an e-mail address',
    'folders:\n  a:\n    - who: a@example.org',
    `line 3, column 7: "who" ${WHO}; probably { users: a@example.org }`,
  ],
  [
    'who is a network',
    'folders:\n  a:\n    - who: 10.1.0.0/16',
    `line 3, column 7: "who" ${WHO}; probably { networks: 10.1.0.0/16 }`,
  ],
  [
    'a grant without its dash',
    'folders:\n  a:\n    who: everyone\n    sees: 600',
    'line 2, column 3: "a" has to be a list: put a dash before the grant, "- who: …"',
  ],
  [
    'an identifier',
    'folders:\n  maps!atlas: nobody',
    'line 2, column 3: "maps!atlas" is not the path of a folder or an image below the folder of images: write maps/atlas, or . for all; probably maps/atlas',
  ],
  [
    'the identifier of a page',
    'folders:\n  book.pdf!1: nobody',
    'line 2, column 3: "book.pdf!1" is not the path of a folder or an image below the folder of images: write maps/atlas, or . for all; probably book.pdf',
  ],
])('what was probably meant: %s', (_, text, fault) => {
  const read = readAccessFile(text, 'access.yml');
  expect(read.kind === 'wrong' && read.faults.map(inWords)).toEqual([fault]);
});
