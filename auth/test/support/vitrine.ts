import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Rule } from '../../src/access/rules.ts';
import { createApp } from '../../src/app.ts';
import { loadConfig, type Config } from '../../src/config/load.ts';
import { openDatabase, type Database } from '../../src/database/open.ts';
import type { Users } from '../../src/identity/users.ts';
import { createLog } from '../../src/observability/log.ts';
import type { Sessions } from '../../src/sessions/sessions.ts';
import { ask, cookieHeader, type Answer } from './ask.ts';
import { databases, type Fresh } from './freshDatabase.ts';
import { StubImageServer } from './imageServer.ts';

export const READER = { email: 'reader@example.org', password: 'a reader of old maps' };
export const ADMIN = { email: 'admin@example.org', password: 'keeper of the keys' };

export type VitrineOptions = {
  readonly env?: Record<string, string>;
  readonly rules?: readonly Rule[];
  /** Files below IMAGE_DIR, empty; `atlas/page1.tif` and `atlas/page2.jp2` where nothing is said. */
  readonly files?: readonly string[];
};

/** The whole auth service, on a port of its own, over a folder of its own and a stub of an image server. */
export class Vitrine {
  readonly imageServer = new StubImageServer();
  readonly log: string[] = [];
  /** Added to the clock of the service, in milliseconds. */
  ahead = 0;
  base = '';
  config!: Config;
  database!: Database;
  users!: Users;
  sessions!: Sessions;
  readonly directory = mkdtempSync(join(tmpdir(), 'vitrine-http-'));
  readonly images = join(this.directory, 'images');
  readonly manifests = join(this.directory, 'manifests');
  #server!: Server;
  #fresh!: Fresh;
  #databaseLost = false;

  static async start(options: VitrineOptions = {}): Promise<Vitrine> {
    const vitrine = new Vitrine();
    await vitrine.#start(options);
    return vitrine;
  }

  async #start({ env = {}, rules, files = ['atlas/page1.tif', 'atlas/page2.jp2'] }: VitrineOptions): Promise<void> {
    const data = join(this.directory, 'data');
    for (const folder of [this.images, this.manifests, data]) mkdirSync(folder);
    for (const file of files) this.write(file);
    // The port is part of every address, so it is taken before the configuration is read.
    this.#server = createServer((request, response) => {
      this.#handle(request, response);
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.base = `http://localhost:${port}`;
    this.#fresh = await freshDatabase();
    const config = loadConfig({
      HTTP_PORT: String(port),
      IMAGE_DIR: this.images,
      MANIFEST_DIR: this.manifests,
      DATA_DIR: data,
      IMAGE_SERVER: 'iipsrv',
      IMAGE_SERVER_URL: await this.imageServer.start(),
      INSTITUTION: 'Example Library',
      ...env,
    });
    this.config = { ...config, database: this.#fresh.config };
    const log = createLog('info', { write: (line: string) => void this.log.push(line) });
    this.database = await openDatabase(this.config.database, log);
    const now = (): Date => new Date(Date.now() + this.ahead);
    const app = createApp(this.config, this.database, log, { passwordCost: 4, now, ...(rules && { rules }) });
    this.#handle = app.handle;
    this.users = app.users;
    this.sessions = app.sessions;
    await this.users.add({ ...ADMIN, name: 'Keeper', roles: ['admin'] });
    await this.users.add({ ...READER, name: 'Reader' });
  }

  #handle: ReturnType<typeof createApp>['handle'] = (_request, response) => void response.writeHead(503).end();

  write(file: string, content = ''): void {
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
    await this.imageServer.stop();
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
