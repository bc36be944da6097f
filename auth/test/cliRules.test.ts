import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RULES, RuleFolder } from './support/ruleFolder.ts';

let folder: RuleFolder;
let images: string;
beforeEach(async () => {
  folder = await RuleFolder.make();
  ({ images } = folder);
  return () => {
    folder.remove();
  };
});

const cli = (...line: string[]) => folder.cli(...line);
const first = (text: string) => text.split('\n')[0];

describe('vitrine rules', () => {
  it('lists them in words, and for programs', async () => {
    const { code, out } = await cli('rules', 'list');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['FOLDER', 'RULE', 'WHO SEES WHAT'],
      ['maps', 'access.yml: maps', 'everyone sees all'],
      ['estate/letters', 'access.yml: estate/letters', 'everyone sees a picture of 600 pixels'],
      ['estate/letters', 'access.yml: estate/letters', 'everyone who is at 10.1.0.0/16 sees all'],
      [
        'estate/letters',
        'access.yml: estate/letters',
        expect.stringMatching(/^ada@example.org sees all, until 2027-0/),
      ],
      [''],
    ]);
    const json = JSON.parse((await cli('rules', 'list', '--json')).out) as object[];
    expect(json[0]).toEqual({ folder: 'maps', rule: 'access.yml: maps', words: 'everyone sees all' });
  });

  it('shows the rule of a place, and what it overrules; of a link the one of where it leads', async () => {
    symlinkSync('../maps', join(images, 'estate/plans'));
    const { out } = await cli('rules', 'show', 'estate/plans');
    expect(out).toBe('maps: access.yml: maps\n  everyone sees all\noverrules: active users see everything\n');
    expect(first((await cli('rules', 'show', '.')).out)).toBe('.: active users see everything');
  });

  it('checks a file before it is in force, and the one that is', async () => {
    expect(await cli('rules', 'check')).toEqual({
      code: 0,
      out: '',
      err: `The rules of ${images} are right: there are 2.\n`,
    });
    folder.write('next.yml', 'folders:\n  maps: evryone\n  a: users\n  a: nobody\n');
    const next = join(images, 'next.yml');
    const broken = await cli('rules', 'check', next);
    expect(broken).toEqual({ code: 1, out: '', err: `vitrine: ${next}, line 4, column 3: is named twice\n` });
    folder.write('access.yml', 'folders:\n  maps: evryone\n');
    for (const line of [['check'], ['list'], ['show', 'maps']]) {
      const { code, err } = await cli('rules', ...line);
      expect([code, err]).toEqual([
        1,
        expect.stringContaining('vitrine: access.yml, line 2, column 3: "maps" has to be'),
      ]);
    }
    expect((await cli('rules', 'check', join(images, 'none.yml'))).err).toContain(
      'none.yml is not there, or cannot be looked at',
    );
  });

  it('tells of a folder that is not there', async () => {
    folder.write('access.yml', 'folders: { mpas: nobody }');
    const { code, err } = await cli('rules', 'check');
    expect([code, err]).toEqual([0, expect.stringContaining('no folder "mpas" in IMAGE_DIR') as string]);
  });

  it('tests what a file expects, with a status for cron', async () => {
    folder.write('access.test.yml', '- { who: anonymous, what: maps, sees: full }\n');
    expect(await cli('rules', 'test')).toEqual({ code: 0, out: '', err: '1 of 1 expectations are met.\n' });
    folder.write(
      'more.yml',
      '- { who: anonymous, what: estate/letters, sees: full }\n- { who: user, what: ., sees: full }\n',
    );
    const more = join(images, 'more.yml');
    expect(await cli('rules', 'test', more)).toEqual({
      code: 1,
      out: '1: estate/letters, anonymous: sees 600 pixels, expected was all\n',
      err: `1 of 2 expectations are met.\nvitrine: The rules are not what ${more} expects.\n`,
    });
    folder.write('more.yml', '- { what: maps }\n');
    expect((await cli('rules', 'test', more)).err).toContain(`vitrine: ${more}, line 1, column 3: "who" has to be`);
  });

  it('shows what ACCESS_PATTERNS said as a file', async () => {
    folder.env['ACCESS_PATTERNS'] = '{"maps": "open"}';
    const { code, err } = await cli('rules', 'list');
    expect([code, err]).toEqual([1, expect.stringContaining('\n\nfolders:\n  maps: everyone\n')]);
  });
});

describe('what a command says is what the service does', () => {
  it('of names without their ending, of links, and of pages', async () => {
    folder.write('maps/island.tif', '');
    folder.write('estate/letters/deed.tif', '');
    symlinkSync('../estate/letters/deed.tif', join(images, 'maps/deed.tif'));
    folder.write('access.yml', `${RULES}  maps/island.tif: nobody\n`);
    expect(first((await cli('explain', 'http://localhost/iiif/images/maps!island/info.json')).out)).toMatch(
      /: not allowed$/,
    );
    const link = (await cli('explain', 'maps/deed')).out;
    expect(first(link)).toContain('estate/letters/deed.tif, anonymous');
    expect(link.match(/\(decides\)/g)).toHaveLength(2);
    folder.write('access.test.yml', '- { who: anonymous, what: maps/deed.tif, sees: full }\n');
    expect((await cli('rules', 'test')).out).toBe('1: maps/deed.tif, anonymous: sees 600 pixels, expected was all\n');
  });

  it('of tiers that are not there, and of manifests', async () => {
    expect((await cli('explain', '/iiif/images/maps!a.tif!!300/info.json')).err).toContain(
      'No rule names a picture of 300',
    );
    expect((await cli('explain', '/iiif/manifests/estate!letters')).err).toContain('Its manifest is for everybody');
    folder.env['PROTECT_MANIFESTS'] = 'true';
    expect((await cli('explain', '/iiif/manifests/estate!letters')).err).toBe('');
  });

  it('of rules that are overruled', async () => {
    await cli('rules', 'set', 'maps', 'nobody');
    expect((await cli('rules', 'list')).out).toContain('panel: maps (overruled by access.yml: maps)');
  });

  it('of a file in another encoding', async () => {
    folder.write('next.yml', Buffer.from('folders: { K\u00f6ln: nobody }', 'latin1'));
    expect((await cli('rules', 'check', join(images, 'next.yml'))).err).toContain('is not UTF-8');
  });
});

describe('vitrine explain', () => {
  const LETTER = 'https://images.example.org/iiif/3/images/estate!letters!1.tif/info.json';

  it.each([
    [[], 'anonymous, ', 'not allowed yet: log in; a picture of 600 pixels is shown'],
    [['--from', '10.1.2.3'], 'anonymous at 10.1.2.3, ', 'allowed'],
    [['--user', 'Ada@example.org', '--at', '2027-06-30'], 'ada@example.org, 2027-06-30T00:00', 'allowed, until 2027-0'],
    [
      ['--user', 'ada@example.org', '--at', '2027-07-02'],
      'ada@example.org, 2027-07-02T00:00',
      'not allowed yet: be at the place; a picture',
    ],
  ])('%j', async (options, asked, decision) => {
    const { code, out } = await cli('explain', ...options, LETTER);
    expect(code).toBe(0);
    expect(first(out)).toContain(`estate/letters/1.tif, ${asked}`);
    expect(first(out)).toContain(`: ${decision}`);
  });

  it('names each rule that was looked at, and what was missing', async () => {
    const { out } = await cli('explain', '--at', '2027-07-02', LETTER);
    expect(out.split('\n').slice(2)).toEqual([
      'access.yml: estate/letters (decides)',
      '  everyone sees a picture of 600 pixels: met',
      '  everyone who is at 10.1.0.0/16 sees all: missing: the network',
      expect.stringMatching(/: missing: the time, a login, an active account, the name$/),
      'active users see everything (would, if it were the closest)',
      '  every user sees all: missing: a login, an active account',
      '',
    ]);
  });

  it('is of a tier where the address is of one', async () => {
    const { out } = await cli('explain', '/iiif/images/estate!letters!1.tif!!600/info.json');
    expect(first(out)).toMatch(/: allowed$/);
  });

  it.each([
    [['--from', 'here', 'maps'], 2, 'here is not an IP address.'],
    [['--at', 'soon', 'maps'], 2, 'soon is not a date'],
    [['--user', 'nobody@example.org', 'maps'], 1, 'There is no user with the e-mail address nobody@example.org'],
    [['/auth/admin'], 2, 'This is no address of an image'],
    [[], 2, 'Something is missing.'],
  ])('refuses %j', async (line, code, said) => {
    const answer = await cli('explain', ...line);
    expect([answer.code, answer.err]).toEqual([code, expect.stringContaining(said) as string]);
  });
});
