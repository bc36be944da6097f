// A role that rules name stays, in the panel and on the command line.
import { renameSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { stateOf } from '../src/images/catalogue/state.ts';
import { pictureKey } from '../src/images/picture.ts';
import { panelUnderTest } from './support/panel.ts';
import { RuleFolder } from './support/ruleFolder.ts';

type Answer = { readonly notice?: { readonly type: string; readonly message: string }; readonly warnings?: object[] };

describe('in the panel', () => {
  const panelOf = async () => {
    const panel = panelUnderTest();
    const { cookie } = await panel.logIn('root@museum.test', ['admin']);
    await panel.users.addRole({ name: 'staff', description: '' });
    const post = async (address: string, fields: Record<string, string> = {}) => {
      const asked = request(panel.app)
        .post(`/auth/admin/api/resources/${address}`)
        .set('Cookie', cookie)
        .set('Sec-Fetch-Site', 'same-origin');
      for (const [name, value] of Object.entries(fields)) void asked.field(name, value);
      return (await asked).body as Answer;
    };
    return { panel, cookie, post };
  };

  it('a role that rules name is not removed, and they are listed', async () => {
    const { panel, post } = await panelOf();
    await panel.rules.set('estate', '[{"who":{"roles":"staff"}}]', { rule: undefined });
    await panel.changed();
    const { notice } = await post('roles/records/staff/delete');
    expect(notice).toMatchObject({
      type: 'error',
      message: 'The role "staff" is named by rules: panel: estate. Change them first.',
    });
    expect((await panel.users.listRoles()).map(({ name }) => name)).toContain('staff');
    await panel.rules.set('estate', undefined, { rule: '[{"who":{"roles":"staff"}}]' });
    await panel.changed();
    expect((await post('roles/records/staff/delete')).notice?.type).toBe('success');
  });

  it('a rule is moved to a folder with another name, and that is recorded', async () => {
    const { panel, post } = await panelOf();
    await panel.rules.set('estate/letters', '"nobody"', { rule: undefined });
    expect((await post('rules/actions/move', { place: 'estate', to: 'papers' })).notice?.type).toBe('success');
    expect((await panel.rules.document()).folders).toEqual({ 'papers/letters': '"nobody"' });
    expect(panel.audit.events.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'rule.change estate → papers',
    ]);
    expect((await post('rules/actions/move', { place: 'estate', to: 'papers' })).notice).toMatchObject({
      type: 'error',
      message: expect.stringContaining('No rule for estate') as string,
    });
  });

  it('the overview is told what needs attention', async () => {
    const { panel, cookie } = await panelOf();
    panel.warnings.push({ kind: 'role', rule: 'access.yml: maps', role: 'king', meant: '' });
    const { body } = await request(panel.app).get('/auth/admin/api/dashboard').set('Cookie', cookie);
    expect((body as Answer).warnings).toEqual(panel.warnings);
    expect((await request(panel.app).get('/auth/admin/api/dashboard')).status).toBe(401);
  });
});

describe('on the command line', () => {
  let folder: RuleFolder;
  beforeEach(async () => {
    folder = await RuleFolder.make();
    return () => {
      folder.remove();
    };
  });
  const cli = (...line: string[]) => folder.cli(...line);

  it('a role that a rule names is not removed', async () => {
    await cli('role', 'add', 'staff', '--description', 'of the house');
    expect((await cli('role', 'list')).out).toMatch(/staff +of the house/);
    folder.write('access.yml', 'folders:\n  maps:\n    - who: { roles: staff }\n');
    expect(await cli('role', 'remove', 'staff')).toEqual({
      code: 1,
      out: '',
      err: 'vitrine: The role "staff" is named by rules: access.yml: maps. Change them first.\n',
    });
    folder.write('access.yml', 'folders: {}\n');
    expect(await cli('role', 'remove', 'staff')).toEqual({ code: 0, out: '', err: 'The role "staff" is gone.\n' });
  });

  it('a file that names a role which is not there is warned of', async () => {
    await cli('role', 'add', 'staff');
    folder.write('access.yml', 'folders:\n  maps:\n    - who: { roles: staf }\n');
    const { code, err } = await cli('rules', 'check');
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('there is no role "staf", so nobody has it; was "staff" meant?'),
    ]);
  });

  it('a folder that has another name now is offered its rule again', async () => {
    const letters = join(folder.images, 'estate/letters');
    for (const other of ['a', 'b', 'z']) mkdirSync(join(folder.images, other));
    folder.write('estate/letters/1.tif', 'a picture');
    folder.write('a/1.tif', 'another picture');
    const state = stateOf(statSync(join(letters, '1.tif'), { bigint: true }));
    const database = await folder.openDatabase();
    await database.facts.save(new Map([[pictureKey({ state, real: ['estate', 'letters', '1.tif'] }), '{}']]));
    await database.close();
    folder.write('access.yml', 'folders: { estate: users }');
    await cli('rules', 'set', 'estate/letters', 'nobody');
    expect((await cli('rules', 'list')).err).toBe('');

    renameSync(join(folder.images, 'estate'), join(folder.images, "the estate's"));
    const { err } = await cli('rules', 'list');
    expect(err).toContain(
      "estate is gone; the estate's looks like it: write the estate's in access.yml, and vitrine rules move estate 'the estate'\\''s'\n",
    );
    folder.write('access.yml', 'folders: {}');
    expect((await cli('rules', 'list')).err).toContain("vitrine rules move estate 'the estate'\\''s'\n");
    expect((await cli('rules', 'move', 'estate', "the estate's")).out).toBe(
      "- estate/letters: nobody\n+ the estate's/letters: nobody\n",
    );
    expect((await cli('rules', 'list')).err).toBe('');
  });

  it('rules are moved to where none is', async () => {
    await cli('rules', 'set', 'maps', 'nobody');
    await cli('rules', 'set', 'estate', 'nobody');
    expect((await cli('rules', 'move', 'maps', 'estate')).err).toContain('There is a rule for estate already.');
    expect((await cli('rules', 'move', 'maps', '/x')).err).toContain('/x is not the path');
    expect((await cli('rules', 'move', 'maps/atlas', 'atlas')).err).toContain('No rule for maps/atlas is kept');
    expect((await cli('rules', 'export')).out).toBe('folders:\n  estate: nobody\n  maps: nobody\n');
  });
});
