import { describe, expect, it } from 'vitest';
import { folder, gateFor, NO_CREDENTIALS } from '../../test/support/gate.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import type { FolderReading } from '../images/manifests/folderManifests.ts';

const path = ['link'];
const real = ['maps'];
const size = { width: 60, height: 40 };
const manifests: Record<string, FolderReading> = {
  link: { kind: 'manifest', path, real, images: [{ path: ['link', 'a.tif'], real: ['maps', 'a.tif'], ...size }] },
  letters: { kind: 'handmade', json: '{}' },
  all: { kind: 'collection', path: ['all'], real: ['all'], members: [] },
  spoilt: { kind: 'unreadable', message: 'The manifest made by hand cannot be read; the log names it.' },
};
const folders = [folder('maps', 'kiosk', 600)];
const user: Subject = { ...anonymous, kind: 'user', id: 'u', email: 'u@example.org', active: true, roles: [] };
const ask = (identifier: string, subject?: Subject, manifestsProtected = true) =>
  gateFor(subject, { folders, manifests, manifestsProtected }).manifest(identifier, 3, NO_CREDENTIALS);

describe('a folder', () => {
  it('is listed with the access method of each image, by where it really lies', async () => {
    expect(await ask('link')).toEqual({
      kind: 'folder',
      decision: { kind: 'locked', rule: 'the folder "maps" is kiosk', pattern: 'kiosk', tier: 600 },
      contents: {
        kind: 'manifest',
        path,
        images: [{ path: ['link', 'a.tif'], ...size, accessMethod: { kind: 'kiosk', tier: 600 } }],
      },
    });
  });

  it.each([
    ['letters', 'locked', 'allowed'],
    ['all', 'locked', 'allowed'],
    ['link', 'locked', 'locked'],
  ])('"%s": the rules decide, where manifests are protected', async (name, forAnonymous, forUser) => {
    expect(await ask(name)).toMatchObject({ kind: 'folder', decision: { kind: forAnonymous } });
    expect(await ask(name, user)).toMatchObject({ kind: 'folder', decision: { kind: forUser } });
    expect(await ask(name, anonymous, false)).toMatchObject({
      decision: { kind: 'allowed', rule: 'manifests are open' },
    });
  });

  it('that is wrong is refused to everybody in the same words', async () => {
    for (const subject of [anonymous, user]) {
      expect(await ask('%', subject)).toMatchObject({ kind: 'invalid' });
      expect(await ask('none', subject)).toEqual({
        kind: 'missing',
        message: 'There is no folder of this identifier.',
      });
      expect(await ask('spoilt', subject)).toEqual(manifests['spoilt']);
    }
  });
});
