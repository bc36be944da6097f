import { expect, it } from 'vitest';
import { knownOf, type Finding } from './judge.ts';

const conditions = { server: 'iipsrv', makes: true, maxPixels: 1e9 } as const;

it.each<[Finding['kind'], string, RegExp]>([
  ['damaged', 'unsuitable', /^copy it here once more/],
  ['excessive', 'unsuitable', /^make several files of it$/],
  ['deadly', 'unsuitable', /^make a TIFF, PNG or JPEG of it/],
  ['locked', 'unsuitable', /without a password$/],
  ['special', 'unsuitable', /^take it out of the folder/],
  ['closed', 'unreadable', /^let everybody read it: chmod a\+r '\/images\/it'\\''s one\.tif'$/],
  ['changing', 'unreadable', /^nothing while somebody writes it/],
  ['failing', 'unreadable', /whether its disk or share is well$/],
  ['slow', 'unreadable', /whether its disk or share is well$/],
])('%s: %s, and what to do', (kind, judged, remedy) => {
  const { facts, sources } = knownOf({ kind, reason: 'why' } as Finding, "/images/it's one.tif", conditions);
  expect(facts).toEqual({ kind: judged, reason: 'why', remedy: expect.stringMatching(remedy) });
  expect(sources).toEqual(facts);
});

it('a path that a shell takes as it is', () => {
  const { facts } = knownOf({ kind: 'closed', reason: 'why' }, '/images/one.tif', conditions);
  expect('remedy' in facts && facts.remedy).toBe('let everybody read it: chmod a+r /images/one.tif');
});
