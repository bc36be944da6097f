import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { patternRules, type FolderPattern } from './patterns.ts';
import { anybody, type Subject } from './subject.ts';

const readingRoom = (address: string): boolean => address.startsWith('10.1.');
const folder = (name: string, pattern: FolderPattern['pattern'], tier?: number): FolderPattern => ({
  folder: name.split('/'),
  pattern,
  isThere: readingRoom,
  tier,
});

const rules = patternRules([
  folder('a', 'login'),
  folder('a/open', 'open'),
  folder('agree', 'clickthrough'),
  folder('kiosk', 'kiosk'),
  folder('room', 'external'),
  folder('never', 'denied'),
  folder('tiered', 'login', 600),
]);
const user: Subject = { ...anybody, kind: 'user', id: 'u', active: true, roles: [] };
const answer = (subject: Subject, path: string) =>
  decide(subject, { kind: 'image', path: path.split('/') }, rules, new Date(0));

describe('folders with a pattern', () => {
  it.each<[string, Subject, string]>([
    ['a/1.tif', user, 'allowed'],
    ['a/open/1.tif', anybody, 'allowed'],
    ['agree/1.tif', { ...anybody, agreed: true }, 'allowed'],
    ['kiosk/1.tif', { ...anybody, atKiosk: true, address: '10.1.0.1' }, 'allowed'],
    ['room/1.tif', { ...anybody, address: '10.1.0.1' }, 'allowed'],
    ['never/1.tif', user, 'forbidden'],
    ['never/1.tif', anybody, 'forbidden'],
    ['a/1.tif', { ...user, active: false }, 'forbidden'],
  ])('%s', (path, subject, kind) => {
    expect(answer(subject, path).kind).toBe(kind);
  });

  it.each<[string, Subject, string]>([
    ['a/1.tif', anybody, 'login'],
    ['agree/1.tif', user, 'clickthrough'],
    ['kiosk/1.tif', { ...anybody, address: '10.1.0.1' }, 'kiosk'],
    ['kiosk/1.tif', { ...anybody, atKiosk: true, address: '10.2.0.1' }, 'kiosk'],
    ['room/1.tif', { ...anybody, address: '10.2.0.1' }, 'external'],
  ])('%s offers its way to who has not gone it', (path, subject, pattern) => {
    expect(answer(subject, path)).toMatchObject({ kind: 'locked', pattern });
  });

  it('offers a smaller image meanwhile', () => {
    expect(answer(anybody, 'tiered/1.tif')).toMatchObject({ kind: 'locked', pattern: 'login', tier: 600 });
  });

  it('means a folder in whichever way its accents are stored', () => {
    const denied = patternRules([folder('Caf\u00e9', 'denied')]);
    for (const name of ['Caf\u00e9', 'Cafe\u0301']) {
      expect(decide(user, { kind: 'image', path: [name, '1.tif'] }, denied, new Date(0)).kind).toBe('forbidden');
    }
  });

  it('does not take a folder for another whose name begins alike', () => {
    expect(answer(anybody, 'roomy/1.tif')).toMatchObject({ kind: 'locked', rule: 'no rule allows it' });
  });
});
