import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig, type Config } from '../../src/config/load.ts';
import { openDatabase, type Database } from '../../src/database/open.ts';
import type { Users } from '../../src/identity/users.ts';
import { createLog } from '../../src/observability/log.ts';
import type { Keys } from '../../src/keys/keys.ts';
import type { Requests } from '../../src/requests/requests.ts';
import type { Shares } from '../../src/shares/shares.ts';
import type { Outbox } from '../../src/mail/outbox.ts';
import type { RulesInForce } from '../../src/permissions/rulesInForce.ts';
import type { Invitations } from '../../src/sessions/invitations.ts';
import type { Sessions } from '../../src/sessions/sessions.ts';
import type { Sweeper } from '../../src/sweeper.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { ask, cookieHeader, type Answer } from './ask.ts';
import { databases, type Fresh } from './freshDatabase.ts';
import { pictureFor } from './pictures.ts';
import { StubPyramids } from './pyramids.ts';

export const READER = { email: 'reader@example.org', password: 'a reader of old maps' };
export const ADMIN = { email: 'admin@example.org', password: 'keeper of the keys' };

export type VitrineOptions = {
  readonly env?: Record<string, string>;
  /** What access.yml says of folders. */
  readonly access?: Readonly<Record<string, unknown>>;
  /** Files below IMAGE_DIR, of 6000 x 4000 pixels by their headers; `atlas/page1.tif` and `atlas/page2.jp2` where nothing is said. */
  readonly files?: readonly string[];
  /** Called with the empty database before the service sees it. */
  readonly before?: (database: Fresh['config']) => Promise<void>;
};

/** The whole auth service, on a port of its own, over a folder of its own and a stub of pyramids. */
export class Vitrine {
  readonly pyramids = new StubPyramids();
  readonly log: string[] = [];
  /** Added to the clock of the service, in milliseconds. */
  ahead = 0;
  base = '';
  config!: Config;
  database!: Database;
  users!: Users;
  sessions!: Sessions;
  invitations!: Invitations;
  keys!: Keys;
  shares!: Shares;
  requests!: Requests;
  sweeper!: Sweeper;
  rules!: RulesInForce;
  directory = '';
  images = '';
  manifests = '';
  #outbox: Outbox | undefined;
  #server!: Server;
  #fresh!: Fresh;
  #databaseLost = false;

  static async start(options: VitrineOptions = {}): Promise<Vitrine> {
    const vitrine = new Vitrine();
    await vitrine.#start(options);
    return vitrine;
  }

  /** One for the tests of a file: started before the first of them, stopped after the last. */
  static forTests(options: VitrineOptions = {}): Vitrine {
    const vitrine = new Vitrine();
    beforeAll(() => vitrine.#start(options));
    afterAll(() => vitrine.stop());
    return vitrine;
  }

  async #start({
    env = {},
    access,
    files = ['atlas/page1.tif', 'atlas/page2.jp2'],
    before,
  }: VitrineOptions): Promise<void> {
    this.directory = mkdtempSync(join(tmpdir(), 'vitrine-http-'));
    this.images = join(this.directory, 'images');
    this.manifests = join(this.directory, 'manifests');
    const data = join(this.directory, 'data');
    for (const folder of [this.images, this.manifests, data]) mkdirSync(folder);
    for (const file of files) this.write(file);
    if (access) this.write('access.yml', JSON.stringify({ folders: access }));
    // The port is part of every address, so it is taken before the configuration is read.
    this.#server = createServer((request, response) => {
      this.#handle(request, response);
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.base = `http://localhost:${port}`;
    this.#fresh = await freshDatabase();
    await before?.(this.#fresh.config);
    const config = loadConfig({
      HTTP_PORT: String(port),
      IMAGE_DIR: this.images,
      MANIFEST_DIR: this.manifests,
      DATA_DIR: data,
      IMAGE_SERVER: 'iipsrv',
      PYRAMIDS_URL: await this.pyramids.start(),
      INSTITUTION: 'Example Library',
      ...env,
    });
    this.config = { ...config, database: this.#fresh.config };
    this.pyramids.images = config.images.directory;
    const log = createLog('info', { write: (line: string) => void this.log.push(line) });
    const now: Clock = () => new Date(Date.now() + this.ahead);
    this.database = await openDatabase(this.config.database, log, now);
    const app = createApp(this.config, this.database, log, { passwordCost: 4, now });
    await app.rules.refresh();
    this.rules = app.rules;
    this.#handle = app.handle;
    this.users = app.users;
    this.sessions = app.sessions;
    this.invitations = app.invitations;
    this.keys = app.keys;
    this.shares = app.shares;
    this.requests = app.requests;
    this.sweeper = app.sweeper;
    this.#outbox = app.outbox;
    await this.users.add({ ...ADMIN, name: 'Keeper', roles: ['admin'] });
    await this.users.add({ ...READER, name: 'Reader' });
  }

  #handle: ReturnType<typeof createApp>['handle'] = (_request, response) => void response.writeHead(503).end();

  write(file: string, content: string | Buffer = pictureFor(file)): void {
    const path = join(this.images, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  ask(target: string, options?: Parameters<typeof ask>[2]): Promise<Answer> {
    return ask(this.base, target, options);
  }

  /** nginx's question about an image. */
  tile(target: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('/auth/query_auth', { headers: { 'X-Original-URI': target, ...headers } });
  }

  async logIn(who: { email: string; password: string } = READER): Promise<{ answer: Answer; cookie: string }> {
    const answer = await this.ask('/auth/iiif-login', { form: { email: who.email, password: who.password } });
    return { answer, cookie: cookieHeader(answer) };
  }

  /** Cuts the service off from its database, for good. */
  async losesDatabase(): Promise<void> {
    this.#databaseLost = true;
    await this.database.close();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.pyramids.stop();
    await this.#outbox?.stop();
    if (!this.#databaseLost) await this.database.close();
    await this.#fresh.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The database that this run of the tests is about (vitest.config.ts). */
function freshDatabase(): Promise<Fresh> {
  const wanted = process.env['TEST_DATABASE'] ?? 'SQLite';
  const database = databases.find(({ name }) => name === wanted);
  if (!database) throw new Error(`There is no database called ${wanted}.`);
  return database.fresh();
}
