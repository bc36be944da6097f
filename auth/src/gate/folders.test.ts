import { describe, expect, it } from 'vitest';
import { folder, gateFor, NO_CREDENTIALS } from '../../test/support/gate.ts';
import { EVERYONE, makeRule, type GivenRule } from '../access/rules.ts';
import { anonymous, type Subject } from '../access/subject.ts';
import type { FolderReading } from '../images/manifests/folderManifests.ts';

const path = ['link'];
const real = ['maps'];
const size = { width: 60, height: 40 };
const member = (name: string, at = name) =>
  ({ kind: 'manifest', path: name.split('/'), real: at.split('/'), label: name }) as const;
const manifests: Record<string, FolderReading> = {
  link: { kind: 'manifest', path, real, images: [{ path: ['link', 'a.tif'], real: ['maps', 'a.tif'], ...size }] },
  mixed: {
    kind: 'manifest',
    path: ['mixed'],
    real: ['mixed'],
    images: ['a.tif', 'b.tif', 'c.tif'].map((name) => ({ path: ['mixed', name], real: ['mixed', name], ...size })),
  },
  letters: {
    kind: 'handmade',
    path: ['letters'],
    real: ['letters'],
    json: JSON.stringify({ type: 'Collection', label: { none: ['Of whom nobody may know'] }, items: [1] }),
    isCollection: true,
  },
  nested: {
    kind: 'collection',
    path: [],
    real: [],
    members: [member('shut'), member('shut/scan.pdf'), member('shut/open'), member('shut2')],
  },
  all: {
    kind: 'collection',
    path: [],
    real: [],
    members: [member('open'), member('shut'), member('link', 'shut'), member('small'), member('other')],
  },
  spoilt: { kind: 'unreadable', message: 'The manifest made by hand cannot be read; the log names it.' },
};
const rule = (where: string, grants: GivenRule['grants'], more: Partial<GivenRule> = {}) =>
  makeRule({ name: where, where: where.split('/'), grants, ...more });
const shut = { manifest: 'protected' } as const;
const kiosk = folder('maps', 'kiosk');
const user: Subject = { ...anonymous, kind: 'user', id: 'u', email: 'u@example.org', active: true, roles: [] };
const atPlace: Subject = { ...anonymous, address: '10.1.2.3' };

const ask = (identifier: string, subject?: Subject, manifestsProtected = true, folders = [kiosk]) =>
  gateFor(subject, { folders, manifests, manifestsProtected }).manifest(identifier, 3, NO_CREDENTIALS);

describe('a folder', () => {
  it('is listed with the access method of each image, by where it really lies', async () => {
    expect(await ask('link', anonymous, false)).toEqual({
      kind: 'folder',
      decision: { kind: 'allowed', rule: 'manifests are open' },
      contents: {
        kind: 'manifest',
        path,
        images: [{ path: ['link', 'a.tif'], ...size, accessMethod: { kind: 'kiosk', tier: undefined } }],
      },
    });
  });

  it('that is protected is empty to those who may not see it', async () => {
    expect(await ask('link')).toEqual({
      kind: 'folder',
      decision: { kind: 'locked', rule: kiosk.name, pattern: 'kiosk', tier: undefined },
      contents: { kind: 'manifest', path, images: [] },
    });
    expect(await ask('letters')).toEqual({
      kind: 'folder',
      decision: { kind: 'locked', rule: 'no rule allows it', pattern: 'login', tier: undefined },
      contents: { kind: 'collection', path: ['letters'], real: ['letters'], members: [] },
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

  it('is protected, or open, as its closest rule says, whatever holds elsewhere', async () => {
    const rules = [rule('mixed', [{ who: { users: true } }], shut)];
    expect(await ask('mixed', anonymous, false, rules)).toMatchObject({ decision: { kind: 'locked' } });
    expect(await ask('mixed', user, false, rules)).toMatchObject({ contents: { images: [{}, {}, {}] } });
    const open = [rule('mixed', [{ who: { users: true } }], { manifest: 'open' })];
    expect(await ask('mixed', anonymous, true, open)).toMatchObject({ decision: { kind: 'allowed' } });
  });

  it('by a link is protected where one of its two rules says so', async () => {
    const byName = [rule('link', [{ who: EVERYONE }]), rule('maps', [{ who: { users: true } }], shut)];
    expect(await ask('link', anonymous, false, byName)).toMatchObject({ decision: { kind: 'locked' } });
  });

  it('of which somebody sees smaller pictures is opened to them', async () => {
    const tiered = [rule('mixed', [{ who: EVERYONE, pixels: 600 }, { who: { users: true } }], shut)];
    expect(await ask('mixed', anonymous, false, tiered)).toMatchObject({
      decision: { kind: 'allowed' },
      contents: { images: [{ accessMethod: { kind: 'login', tier: 600 } }, {}, {}] },
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

const named = async (identifier: string, subject: Subject, folders: readonly ReturnType<typeof rule>[]) => {
  const verdict = await ask(identifier, subject, false, [...folders]);
  if (verdict.kind !== 'folder' || verdict.contents.kind === 'handmade') throw new Error('It is no folder.');
  const { contents } = verdict;
  const listed = contents.kind === 'manifest' ? contents.images : contents.members;
  return {
    names: listed.map((one) => one.path.join('/')),
    byPlace: verdict.decision.kind === 'allowed' && verdict.decision.byPlace,
  };
};

describe('a collection', () => {
  const rules = [
    rule('open', [], { manifest: 'open' }),
    rule('shut', [{ who: { users: true } }], shut),
    rule('small', [{ who: EVERYONE, pixels: 600 }], shut),
  ];

  it('names what is protected to those alone who may see some of it, by a link too', async () => {
    expect((await named('all', anonymous, rules)).names).toEqual(['open', 'small', 'other']);
    expect((await named('all', user, rules)).names).toEqual(['open', 'shut', 'link', 'small', 'other']);
  });

  it('names nothing that lies in what somebody may not hear of, open or not', async () => {
    const nested = [...rules, rule('shut/open', [{ who: EVERYONE }]), rule('shut/scan.pdf', [{ who: EVERYONE }])];
    expect((await named('nested', anonymous, nested)).names).toEqual(['shut2']);
    expect((await named('nested', user, nested)).names).toEqual(['shut', 'shut/scan.pdf', 'shut/open', 'shut2']);
  });

  it('that names something for the place alone is for that place alone', async () => {
    const place = [rule('shut', [{ who: { networks: ['10.1.0.0/16'] } }], shut)];
    expect(await named('all', atPlace, place)).toMatchObject({
      names: ['open', 'shut', 'link', 'small', 'other'],
      byPlace: true,
    });
    expect(await named('all', { ...atPlace, forAnotherSite: true }, place)).toEqual({
      names: ['open', 'small', 'other'],
      byPlace: undefined,
    });
  });
});

describe('a manifest', () => {
  const rules = [rule('mixed', [{ who: EVERYONE }]), rule('mixed/b.tif', [{ who: { users: true } }], shut)];

  it('leaves an image out whose own rule protects it from the one who asks', async () => {
    expect((await named('mixed', anonymous, rules)).names).toEqual(['mixed/a.tif', 'mixed/c.tif']);
    expect((await named('mixed', user, rules)).names).toEqual(['mixed/a.tif', 'mixed/b.tif', 'mixed/c.tif']);
  });

  it('leaves out what a link leads to that a share link does not open, though the same rule decides', async () => {
    const linked: FolderReading = {
      kind: 'manifest',
      path: ['estate', 'letters'],
      real: ['estate', 'letters'],
      images: [
        { path: ['estate', 'letters', 'a.tif'], real: ['estate', 'letters', 'a.tif'], ...size },
        { path: ['estate', 'letters', 'b.tif'], real: ['estate', 'diary', 'b.tif'], ...size },
      ],
    };
    const scope = { name: 'the share link "s"', folders: [['estate', 'letters']], pixels: Infinity, until: Infinity };
    const gate = gateFor(
      { ...anonymous, scopes: [scope] },
      { folders: [rule('estate', [], shut)], manifests: { 'estate!letters': linked } },
    );
    expect(await gate.manifest('estate!letters', 3, NO_CREDENTIALS)).toMatchObject({
      decision: { kind: 'allowed' },
      contents: { images: [{ path: ['estate', 'letters', 'a.tif'] }] },
    });
  });

  it('is one list for all who see the same', async () => {
    const gate = gateFor(anonymous, { folders: rules, manifests });
    const [one, other] = [
      await gate.manifest('mixed', 3, NO_CREDENTIALS),
      await gate.manifest('mixed', 2, NO_CREDENTIALS),
    ];
    const imagesOf = (verdict: typeof one) =>
      verdict.kind === 'folder' && verdict.contents.kind === 'manifest' ? verdict.contents.images : undefined;
    expect(imagesOf(one)).toHaveLength(2);
    expect(imagesOf(one)).toBe(imagesOf(other));
  });
});
