// What strangers can do as often as they like leaves nothing in the database, or little; what is old goes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newSecret } from '../../src/sessions/secrets.ts';
import { Visits } from '../../src/sessions/visits.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { cookieHeader, setCookies } from '../support/ask.ts';
import {
  agree,
  askTile,
  AT_THE_KIOSK,
  enterKiosk,
  headersOf,
  image,
  IN_THE_NETWORK,
  startWithPatterns,
} from '../support/patterns.ts';
import { rowsOf } from '../support/tables.ts';
import { READER, Vitrine } from '../support/vitrine.ts';

const DAY = 24 * 60 * 60 * 1000;
const PAGES = ['/auth/iiif-clickthrough', '/auth/iiif-kiosk', '/auth/iiif/2/agree', '/auth/iiif/2/kiosk'];

const rows = (vitrine: Vitrine): Promise<Record<string, number>> => rowsOf(vitrine.config.database);

describe('anonymous requests', () => {
  let vitrine: Vitrine;
  beforeAll(async () => {
    vitrine = await startWithPatterns();
  });
  afterAll(() => vitrine.stop());

  it('of every page that anybody can open write no row', async () => {
    const before = await rows(vitrine);
    for (let time = 0; time < 5; time += 1) {
      for (const page of [...PAGES, '/auth/iiif-login', '/auth/iiif-token', '/auth/iiif/2/access', '/auth/logout']) {
        await vitrine.ask(page, { headers: headersOf({ address: AT_THE_KIOSK }) });
      }
      await vitrine.ask('/auth/iiif/2/agree', { method: 'POST', headers: headersOf() });
      await vitrine.ask('/auth/iiif-token?messageId=1&origin=https://a.example', {
        headers: headersOf({ address: IN_THE_NETWORK }),
      });
    }
    expect(await rows(vitrine)).toEqual(before);
  });

  it('that begin visits and end them write a hundred rows an hour, and every visit is over', async () => {
    const ended: string[] = [];
    for (let time = 0; time < 105; time += 1) {
      const cookie = await agree(vitrine, 1);
      await vitrine.ask('/auth/logout', { headers: headersOf({ cookie }) });
      ended.push(cookie);
    }
    expect((await rows(vitrine))['ended_visits']).toBe(100);
    for (const cookie of [ended[0], ended[104]]) {
      expect((await askTile(vitrine, image('terms'), { cookie })).status).toBe(401);
    }
  });

  it('with wrong passwords are recorded twenty times for a network, and three hundred in all', async () => {
    const failures = async (): Promise<number> => {
      const all = await vitrine.database.audit.list(1000, 0);
      return all.filter(({ action }) => action === 'login.failed' || action === 'login.throttled').length;
    };
    const guess = (number: number, address: string): Promise<unknown> =>
      vitrine.ask('/auth/iiif-login', {
        form: { email: `reader${number}@example.org`, password: 'guess' },
        headers: { 'X-Forwarded-For': address },
      });
    for (let number = 0; number < 30; number += 1) await guess(number, '2001:db8:7:7::7');
    expect(await failures()).toBe(20);
    for (let number = 0; number < 320; number += 1) await guess(number, `198.51.${number % 200}.7`);
    expect(await failures()).toBe(300);
    const notes = vitrine.log.filter((line) => line.includes('the audit trail takes no more failed logins'));
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.length).toBeLessThanOrEqual(2);
    // What is done, and not only tried, is recorded all the same.
    await vitrine.logIn();
    expect((await vitrine.database.audit.list(1, 0))[0]).toMatchObject({ action: 'login', actor: READER.email });
  });
});

describe('pages of a pattern', () => {
  it('are 404 where no folder has it', async () => {
    const plain = await Vitrine.start();
    for (const page of PAGES) expect((await plain.ask(page)).status, page).toBe(404);
    expect((await plain.ask('/auth/iiif/2/agree', { method: 'POST' })).status).toBe(404);
    await plain.stop();
  });

  it('are there where one folder has it, and those of the other are not', async () => {
    const kiosk = await Vitrine.start({
      access: { a: [{ who: { gesture: 'kiosk', networks: '10.1.0.0/16' } }] },
      files: ['a/a.tif'],
    });
    const statuses = await Promise.all(PAGES.map(async (page) => (await kiosk.ask(page)).status));
    expect(statuses).toEqual([404, 403, 404, 403]);
    await kiosk.stop();
  });

  it('are there where a rule says that it offers it', async () => {
    const terms = await Vitrine.start({ access: { '.': [{ who: { gesture: 'agreement' } }] } });
    const statuses = await Promise.all(PAGES.map(async (page) => (await terms.ask(page)).status));
    expect(statuses).toEqual([200, 404, 200, 404]);
    await terms.stop();
  });
});

describe('a visit', () => {
  let vitrine: Vitrine;
  beforeAll(async () => {
    vitrine = await startWithPatterns({ SESSION_LIFETIME: '1000' });
  });
  afterAll(() => vitrine.stop());
  afterEach(() => {
    vitrine.ahead = 0;
  });

  it('states no longer a life than it has: a step more adds no time', async () => {
    const kiosk = await enterKiosk(vitrine);
    vitrine.ahead = 900_000;
    const headers = headersOf({ address: AT_THE_KIOSK, cookie: kiosk });
    const line = setCookies(await vitrine.ask(PAGES[0] ?? '', { headers })).get('vitrine_visit') ?? '';
    const age = Number(/Max-Age=(\d+)/.exec(line)?.[1]);
    expect(age).toBeGreaterThan(90);
    expect(age).toBeLessThanOrEqual(100);
  });

  it('that was ended is over for another service on the same database, too', async () => {
    const { database, config } = vitrine;
    const [one, other] = [0, 1].map(() => new Visits(database.endedVisits, config.secretKey, 1000, systemClock));
    const { cookie } = (await one?.take({ terms: '' }, [])) ?? { cookie: '' };
    const visit = await other?.ofCookie(cookie);
    expect(visit).toMatchObject({ terms: [''], atKiosk: false });
    if (visit) await one?.end(visit, '192.0.2.7');
    const third = new Visits(database.endedVisits, config.secretKey, 1000, systemClock);
    expect(await third.ofCookie(cookie)).toBeUndefined();
    expect(await third.ofId(visit?.id ?? '')).toBeUndefined();
  });

  it('cannot be made, changed or prolonged by a visitor who has none', async () => {
    const cookie = cookieHeader(await vitrine.ask(PAGES[0] ?? '', { headers: headersOf() }), 'vitrine_visit');
    const [, text = '', mac = ''] = /^vitrine_visit=([\w-]+)\.([\w-]+)$/.exec(cookie) ?? [];
    const [number, end] = [text.slice(0, 22), text.slice(text.lastIndexOf('-') + 1)];
    const later = (Number.parseInt(end, 36) + 9999).toString(36);
    const forged = [`${number}-ak-${end}.${mac}`, `${number}-a-${later}.${mac}`, `${text}.`, `${text}.${newSecret()}`];
    for (const value of [...forged, text, `.${mac}`, `${text}.${mac}x`]) {
      expect((await askTile(vitrine, image('terms'), { cookie: `vitrine_visit=${value}` })).status, value).toBe(401);
    }
    expect((await askTile(vitrine, image('terms'), { cookie })).status).toBe(200);
  });
});

describe('what is old', () => {
  let vitrine: Vitrine;
  beforeAll(async () => {
    vitrine = await startWithPatterns({ AUDIT_RETENTION: '30' });
  });
  afterAll(() => vitrine.stop());

  it('goes when its time is over, and not before', async () => {
    await vitrine.logIn();
    await vitrine.logIn();
    await vitrine.ask('/auth/logout', { headers: headersOf({ cookie: await agree(vitrine) }) });
    const key = 'a'.repeat(64);
    await vitrine.database.facts.save(new Map([[key, 'facts']]));
    const left = async (ahead: number): Promise<number[]> => {
      vitrine.ahead = ahead;
      await vitrine.sweeper.sweep();
      const { sessions, ended_visits, audit_events, image_facts } = await rows(vitrine);
      return [sessions, ended_visits, audit_events, image_facts].map(Number);
    };
    expect(await left(0)).toEqual([2, 1, 2, 1]);
    expect(await left(DAY / 3 + 60_000)).toEqual([2, 0, 2, 1]);
    expect(await left(DAY + DAY / 3 + 60_000)).toEqual([0, 0, 2, 1]);
    expect(await left(30 * DAY - 60_000)).toEqual([0, 0, 2, 1]);
    expect(await left(30 * DAY + 60_000)).toEqual([0, 0, 0, 1]);
    // What is needed stays.
    vitrine.ahead = 60 * DAY;
    expect((await vitrine.database.facts.load([key])).get(key)).toBe('facts');
    expect(await left(91 * DAY)).toEqual([0, 0, 0, 1]);
    expect(await left(151 * DAY)).toEqual([0, 0, 0, 0]);
    vitrine.ahead = 0;
  });

  it('goes in small parts, all of it, and stops when the service stops', async () => {
    const old = new Date('2020-01-01T00:00:00Z');
    const facts = Array.from({ length: 1201 }, (_, n) => [String(n).padStart(64, '0'), 'facts'] as const);
    vitrine.ahead = old.getTime() - Date.now();
    await vitrine.database.facts.save(new Map(facts));
    vitrine.ahead = 0;
    const { retention } = vitrine.database;
    expect(await retention.removeSomeBeyond('image_fact', 1000)).toBe(201);
    expect(await retention.removeSomeBeyond('image_fact', 1000)).toBe(0);
    expect(await retention.removeSomeBefore('image_fact', new Date())).toBe(500);
    await vitrine.sweeper.sweep();
    expect((await rows(vitrine))['image_facts']).toBe(0);
    await vitrine.database.facts.save(new Map(facts.slice(0, 1)));
    vitrine.ahead = 200 * DAY;
    await vitrine.sweeper.stop();
    await vitrine.sweeper.sweep();
    expect((await rows(vitrine))['image_facts']).toBe(1);
  });
});
