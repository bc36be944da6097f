// What a stop does to requests under way, and a kill to what was written.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../src/database/open.ts';
import { tiff } from './support/pictures.ts';
import { ask, cookieHeader } from './support/ask.ts';
import { Service } from './support/service.ts';
import { until } from '../../test-support/until.mjs';

const ADMIN = { email: 'admin@example.org', password: 'keeper of the keys' };
let folder: string;
let env: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-stop-'));
  const images = join(folder, 'images');
  mkdirSync(images);
  writeFileSync(join(images, 'map.tif'), tiff());
  env = {
    IMAGE_DIR: images,
    DATA_DIR: folder,
    AUTH_ADMIN_USERID: ADMIN.email,
    AUTH_ADMIN_PASSWORD: ADMIN.password,
  };
  return () => {
    rmSync(folder, { recursive: true });
  };
});

describe('a stop', () => {
  it('waits for the answer under way, and not for connections that are kept open', async () => {
    let asked = false;
    const release: (() => void)[] = [];
    const slow = createServer((request, response) => {
      request.on('data', (question) => (asked ||= String(question).includes('"folder"')));
      release.push(() => response.writeHead(404).end());
    }).listen(0, '127.0.0.1');
    await until('pyramids listens', () => slow.listening);
    const { port } = slow.address() as AddressInfo;
    const service = await Service.start({ ...env, PYRAMIDS_URL: `http://127.0.0.1:${port}` });
    // As nginx does: connections that outlive their request.
    const agent = new Agent({ keepAlive: true });
    const keptOpen = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get(`${service.base}${path}`, { agent }, (response) => {
          response.resume().once('end', () => {
            resolve(response.statusCode);
          });
        }).once('error', reject);
      });
    expect(await keptOpen('/auth/health')).toBe(200);
    const answer = keptOpen('/iiif/images/map.tif/info.json');
    expect(await keptOpen('/auth/health')).toBe(200);
    await until('pyramids is asked', () => asked);

    service.signal('SIGTERM');
    await until('the service stops', () => service.log.some(({ msg }) => msg === 'stopping'));
    for (const answer of release) answer();
    expect(await answer).toBe(503);
    // 1 where it had to give up on a connection that stayed open.
    expect(await service.exit()).toBe(0);
    agent.destroy();
    slow.close();
  });
});

describe('a kill in the middle of writes', () => {
  let service: Service;
  afterEach(async () => {
    service.signal('SIGKILL');
    await service.exit();
  });

  it('loses no login and no user that was acknowledged', { timeout: 600_000 }, async () => {
    const cookies: string[] = [];
    const users: string[] = [];
    for (let round = 0; round < 3; round++) {
      service = await Service.start(env);
      const { base } = service;
      const first = await logIn(base);
      const writers = [
        keepOn(async () => {
          cookies.push(await logIn(base));
        }),
        ...['a', 'b'].map((name) =>
          keepOn(async (number) => {
            users.push(await addUser(base, first, `${name}${round}.${number}@example.org`));
          }),
        ),
      ];
      const [logins, added] = [cookies.length, users.length];
      await until('enough is written', () => cookies.length > logins + 3 && users.length > added + 6);
      service.signal('SIGKILL');
      await Promise.all(writers);
      expect(await service.exit()).toBeNull();
      cookies.push(first);
    }

    service = await Service.start(env);
    for (const cookie of cookies)
      expect((await ask(service.base, '/auth/admin/', { headers: { cookie } })).status).toBe(200);
    const database = await openDatabase({ type: 'sqlite', file: join(folder, 'auth.db') }, { warn: console.error });
    const kept = new Set((await database.users.list()).map(({ email }) => email));
    await database.close();
    expect(users.filter((email) => !kept.has(email))).toEqual([]);
    expect((await ask(service.base, '/auth/health')).status).toBe(200);
  });

  /** One write after another until the service is gone. */
  async function keepOn(write: (number: number) => Promise<void>): Promise<void> {
    for (let number = 0; ; number++) {
      try {
        await write(number);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code?.startsWith('ECONN')) return;
        throw error;
      }
    }
  }

  async function logIn(base: string): Promise<string> {
    const answer = await ask(base, '/auth/iiif-login', { form: ADMIN, headers: { origin: base } });
    expect(answer.status).toBe(200);
    return cookieHeader(answer);
  }

  async function addUser(base: string, cookie: string, email: string): Promise<string> {
    const form = new FormData();
    form.set('email', email);
    form.set('password', 'a reader of old maps');
    const request = new Request(base, { method: 'POST', body: form });
    const answer = await ask(base, '/auth/admin/api/resources/users/actions/new', {
      method: 'POST',
      headers: { cookie, origin: base, 'content-type': request.headers.get('content-type') ?? '' },
      body: await request.text(),
    });
    expect(answer.json()).toMatchObject({ notice: { type: 'success' } });
    return email;
  }
});
