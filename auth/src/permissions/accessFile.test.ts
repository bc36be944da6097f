import { describe, expect, it } from 'vitest';
import { readAccessFile } from './accessFile.ts';
import { inWords } from './yamlFile.ts';

const read = (text: string) => readAccessFile(text, 'access.yml');
function rulesOf(text: string) {
  const file = read(text);
  if (file.kind === 'wrong') throw new Error(file.faults.map(inWords).join('\n'));
  return file.rules;
}
function faultsOf(text: string): string[] {
  const file = read(text);
  return file.kind === 'wrong' ? file.faults.map(inWords) : [];
}
const whos = (text: string) => rulesOf(text)[0]?.grants.map(({ who }) => who);

describe('an access.yml', () => {
  it('says in a word or in grants who sees a folder, an image, or all', () => {
    const rules = rulesOf(`
# What is nowhere here is for all users.
networks:
  reading room: [10.1.0.0/16, "2001:db8::/32"]
folders:
  .: nobody
  maps: everyone
  maps/sea.tif: users
  estate/letters:
    - who: everyone
      sees: 600
    - who: { roles: staff }
    - who: { roles: [seminar, guests], networks: reading room }
      from: 2027-04-01T00:00Z
      until: 2027-07-01T00:00Z
    - who: { users: Anna@Example.org, networks: 192.0.2.7 }
    - who: { users: [any, ben@example.org] }
  terms:
    offer: clickthrough
    grants:
      - who: { gesture: agreement }
      - who: users
        sees: full
`);
    const everyone = { users: false, names: [], roles: [], networks: [], gesture: undefined, terms: '' };
    const always = { from: -Infinity, until: Infinity };
    const whole = { pixels: Infinity, ...always };
    expect(rules).toEqual([
      { name: 'access.yml: .', where: [], pattern: 'login', grants: [] },
      { name: 'access.yml: maps', where: ['maps'], pattern: 'login', grants: [{ who: everyone, ...whole }] },
      {
        name: 'access.yml: maps/sea.tif',
        where: ['maps', 'sea.tif'],
        pattern: 'login',
        grants: [{ who: { ...everyone, users: true }, ...whole }],
      },
      {
        name: 'access.yml: estate/letters',
        where: ['estate', 'letters'],
        pattern: 'login',
        grants: [
          { who: everyone, ...always, pixels: 600 },
          { who: { ...everyone, roles: ['staff'] }, ...whole },
          {
            who: { ...everyone, roles: ['seminar', 'guests'], networks: ['10.1.0.0/16', '2001:db8::/32'] },
            pixels: Infinity,
            from: Date.UTC(2027, 3, 1),
            until: Date.UTC(2027, 6, 1),
          },
          { who: { ...everyone, names: ['anna@example.org'], networks: ['192.0.2.7'] }, ...whole },
          { who: { ...everyone, users: true }, ...whole },
        ],
      },
      {
        name: 'access.yml: terms',
        where: ['terms'],
        pattern: 'clickthrough',
        grants: [
          { who: { ...everyone, gesture: 'agreement' }, ...whole },
          { who: { ...everyone, users: true }, ...whole },
        ],
      },
    ]);
  });

  it('may say that there are no rules', () => {
    expect(rulesOf('folders: {}')).toEqual([]);
  });

  it.each(['', '# nothing\n', 'folders:\n', '{}', '\uFEFF', 'networks: {}'])(
    'says so, and is not empty: %j',
    (text) => {
      expect(faultsOf(text)[0]).toMatch(
        /: (it|"folders") is empty: where there are to be no rules, write "folders: {}"$/,
      );
    },
  );

  it('calls folders by their names, whatever YAML would make of them', () => {
    const names = [
      '2027',
      '007',
      '1e3',
      'null',
      'true',
      '0x1F',
      '~',
      'constructor',
      '12:30',
      'Fotos K\u00f6ln & Umgebung',
    ];
    const text = `folders:\n${names.map((name) => `  ${name}: nobody\n`).join('')}`;
    expect(
      rulesOf(text)
        .map(({ where }) => where.join('/'))
        .sort(),
    ).toEqual(names.sort());
  });

  it('knows any user, wherever they are', () => {
    expect(whos('folders: {a: [{who: {users: any, networks: 10.0.0.1}}]}')).toMatchObject([
      { users: true, names: [], networks: ['10.0.0.1'] },
    ]);
  });

  it('is read in whichever way its lines end', () => {
    expect(rulesOf('folders:\r\n  a: everyone\r\n').length).toBe(1);
  });
});

describe('what is wrong in an access.yml is named, with its line and column', () => {
  const RULE = 'has to be everyone, users, nobody, or a list of grants: - { who: …, sees: … }';
  const WHO = 'has to be everyone, users, or which of them: { roles: …, users: …, networks: …, gesture: … }';

  it.each([
    ['a tab', 'folders:\n\tmaps: everyone', 'line 2, column 1: is indented with a tab: use spaces'],
    ['a key twice', 'folders:\n  a: users\n  a: nobody', 'line 3, column 3: is named twice'],
    [
      'an accent in both ways',
      'folders:\n  \u00e9: users\n  e\u0301: nobody',
      'line 3, column 3: "e\u0301" is named twice',
    ],
    ['another word', 'folders:\n  maps: all', `line 2, column 3: "maps" ${RULE}`],
    ['nothing', 'folders:\n  maps:', `line 2, column 3: "maps" ${RULE}`],
    ['a number', 'folders:\n  maps: 600', `line 2, column 3: "maps" ${RULE}`],
    ['no folders', 'folder:\n  maps: users\nfolders: {}', 'line 1, column 1: "folder" is not known here'],
    ['a list of folders', 'folders: [maps]', 'line 1, column 1: "folders" has to name folders: "maps/atlas: everyone"'],
    ['a text', 'maps', 'line 1, column 1: it has to begin with "folders:"'],
    ['who is nobody', 'folders:\n  a:\n    - who: {}', `line 3, column 7: "who" ${WHO}`],
    ['who is not said', 'folders:\n  a:\n    - sees: full', `line 3, column 7: "who" ${WHO}`],
    ['a key that is none', 'folders:\n  a:\n    - who: { role: x }', 'line 3, column 14: "role" is not known here'],
    [
      'no roles',
      'folders:\n  a:\n    - who: { roles: [] }',
      'line 3, column 14: "roles" is empty: write what is meant, or leave it out',
    ],
    [
      'a role that is a number',
      'folders:\n  a:\n    - who: { roles: 7 }',
      'line 3, column 14: number 1 has to be a text: put it between quotes',
    ],
    [
      'a gesture that is none',
      'folders:\n  a:\n    - who: { gesture: wave }',
      'line 3, column 14: "gesture" has to be agreement or kiosk',
    ],
    [
      'a kiosk that is nowhere',
      'folders:\n  a:\n    - who: { gesture: kiosk }',
      'line 3, column 7: has to say with "networks" where the kiosk is',
    ],
    [
      'a network that is none',
      'networks:\n  x: [10.0.0.0/99]\nfolders: {}',
      'line 2, column 7: number 1 is not an IP address or network (CIDR)',
    ],
    [
      'a network that nobody named',
      'folders:\n  a:\n    - who: { networks: room }',
      'line 3, column 14: "room" is neither an IP address or network nor named below "networks:"',
    ],
    [
      'no size',
      'folders:\n  a:\n    - who: users\n      sees: 0',
      'line 4, column 7: "sees" has to be full, or pixels on the longer side: a number from 16 to 10000',
    ],
    [
      'half a pixel',
      'folders:\n  a:\n    - who: users\n      sees: 99.5',
      'line 4, column 7: "sees" has to be full, or pixels on the longer side: a number from 16 to 10000',
    ],
    [
      'a day that is none',
      'folders:\n  a:\n    - who: users\n      from: 2027-02-30',
      'line 4, column 7: "from" is not a date: write 2027-07-01, or 2027-07-01T18:00+02:00',
    ],
    [
      'an end before the beginning',
      'folders:\n  a:\n    - who: users\n      from: 2028-01-01\n      until: 2027-01-01',
      'line 5, column 7: "until" has to be later than "from"',
    ],
    [
      'an offer of nothing',
      'folders:\n  a:\n    offer: login\n    grants: []',
      'line 3, column 5: offers what nobody gets: there is no grant',
    ],
    [
      'an offer that is none',
      'folders:\n  a:\n    offer: phone\n    grants: [{who: users}]',
      'line 3, column 5: "offer" has to be one of login, clickthrough, kiosk, external',
    ],
    ['a name that is none', 'folders:\n  __proto__: nobody', 'line 2, column 3: "__proto__" cannot be named'],
    [
      'an alias',
      'networks:\n  a: &a [10.0.0.1]\n  b: *a',
      'line 3, column 6: is an alias (*): write what is meant out',
    ],
    [
      'a second document',
      'folders: {}\n---\nfolders: {}',
      'line 2, column 1: begins a second document: there is one in this file',
    ],
    ['a tag', 'folders:\n  a: !!js/function x', 'line 2, column 6: Unresolved tag: tag:yaml.org,2002:js/function'],
  ])('%s', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it.each(['/maps', 'maps/', 'maps//a', '.hidden', 'maps/.hidden', '..', 'maps/../x'])('the path %s', (path) => {
    const wrong = 'is not the path of a folder or an image below the folder of images: write maps/atlas, or . for all';
    expect(faultsOf(`folders:\n  ${path}: nobody`)).toEqual([`line 2, column 3: "${path}" ${wrong}`]);
  });

  it('all of it, up to a limit', () => {
    expect(faultsOf('folders:\n  a: x\n  b: users\n  c: y').length).toBe(2);
    expect(faultsOf(`folders:\n${Array.from({ length: 99 }, (_, n) => `  f${n}: x\n`).join('')}`).length).toBe(20);
  });
});

describe('a file that is meant to do harm is refused at once', () => {
  it.each([
    [
      'aliases of aliases',
      `a: &a [x]\n${Array.from({ length: 20 }, (_, n) => `b${n}: &b${n} [*a, *a]\n`).join('')}`,
      'is an alias',
    ],
    ['brackets in brackets', '['.repeat(200_000), 'is nested too deeply'],
    ['braces in braces', '{a: '.repeat(200_000), 'is nested too deeply'],
    ['lists in lists', '- '.repeat(50_000), 'is nested too deeply'],
    ['ten megabytes', `# ${'x'.repeat(10_000_000)}`, 'is longer than 8000000 characters'],
  ])('%s', (_, text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault);
  });
});
