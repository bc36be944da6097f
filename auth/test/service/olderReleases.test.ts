import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Fresh } from '../support/freshDatabase.ts';
import { rowsOf } from '../support/tables.ts';
import { Vitrine } from '../support/vitrine.ts';

const TILE = '/iiif/images/atlas!page1.tif/0,0,512,512/512,/0/default.jpg';
const BEN = { email: 'ben@example.org', password: 'a reader since the first day' };
const ADA = { email: 'ada@example.org', password: 'keeper of old keys' };
const CLEO = { email: 'cleo@example.org', password: 'somebody who has left' };

async function restore(release: string, database: Fresh['config']): Promise<void> {
  const kind = database.type === 'sqlite' ? 'sqlite' : 'postgresql';
  const dump = readFileSync(join(import.meta.dirname, `../support/olderReleases/${release}.${kind}.sql`), 'utf8');
  if (database.type === 'sqlite') {
    const file = new DatabaseSync(database.file);
    file.exec(dump);
    file.close();
    return;
  }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(dump).finally(() => client.end());
}

describe.each(['first', 'second'])('a database of the %s release', (release) => {
  const vitrine = Vitrine.forTests({
    env: { AUTH_PASSWORD_SALT: 'the salt of a first release, which was long enough' },
    before: (database) => restore(release, database),
  });

  it('keeps its users, with their roles, which have no end, and who is not active', async () => {
    const [ada, ben, cleo] = await Promise.all([ADA, BEN, CLEO].map(({ email }) => vitrine.users.findByEmail(email)));
    expect(ada).toMatchObject({ name: 'Ada', active: true, roles: ['admin'] });
    expect(ben).toMatchObject({ name: 'Ben', active: true, roles: ['seminar'], memberships: [{ role: 'seminar' }] });
    expect(ben?.memberships).toEqual([{ role: 'seminar' }]);
    expect(cleo).toMatchObject({ name: 'Cleo', active: false, roles: ['seminar'] });
    expect(ben?.createdAt).toEqual(new Date('2026-11-20T09:00:00Z'));
    expect(await vitrine.users.listRoles()).toContainEqual({ name: 'seminar', description: 'Letters of the estate' });
  });

  it('comes up with the default rule: active users see everything, and nobody else anything', async () => {
    expect(vitrine.rules.rules.rules).toEqual([]);
    for (const who of [BEN, ADA]) {
      const { cookie } = await vitrine.logIn(who);
      expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
    }
    expect((await vitrine.tile(TILE)).status).toBe(401);
    const { answer, cookie } = await vitrine.logIn(CLEO);
    expect([answer.status, cookie]).toEqual([401, '']);
  });

  it('knows who was logged in', async () => {
    const cookie = `vitrine_access=${'A'.repeat(43)}`;
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(200);
    const ben = await vitrine.users.findByEmail(BEN.email);
    await vitrine.sessions.endAllOf(ben?.id ?? '');
    expect((await vitrine.tile(TILE, { cookie })).status).toBe(401);
  });

  it('keeps its trail, and goes on with it', async () => {
    const trail = await vitrine.database.audit.list(100, 0);
    expect(trail.slice(-2)).toMatchObject([
      { action: 'login', actor: BEN.email, address: '192.0.2.7', at: new Date('2026-11-22T09:00:00Z') },
      { action: 'user.add', actor: 'cli', target: BEN.email },
    ]);
    expect(trail.length).toBeGreaterThan(2);
  });

  it('has a place for what is new', async () => {
    await vitrine.users.addRole({ name: 'staff', description: '' });
    const { rules } = vitrine.database;
    const entry = { section: 'folders', name: 'atlas', before: undefined, after: '"nobody"' } as const;
    await rules.write([entry], await rules.revision());
    await vitrine.rules.changed();
    expect((await vitrine.tile(TILE, { cookie: (await vitrine.logIn(BEN)).cookie })).status).toBe(403);
    expect(await rowsOf(vitrine.config.database)).toMatchObject({
      users: 5,
      api_keys: 0,
      password_links: 0,
      shares: 0,
      access_requests: 0,
    });
  });
});
