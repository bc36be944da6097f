import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../../test-support/ports.mjs';
import { until } from '../../../test-support/until.mjs';

const run = promisify(execFile);

/** A throw-away PostgreSQL server of our own on 127.0.0.1, which knows nothing of one that the system may run. */
export type Postgres = {
  /** Address of a database in it; `postgres` is always there. */
  url(database: string): string;
  readonly port: number;
  /** Its main process; undefined while it is stopped. */
  readonly pid: number | undefined;
  start(): Promise<void>;
  /** Ends all connections, as at a restart. */
  stop(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
};

/** Folder of Debian's programs, the newest version's; undefined where the package `postgresql` is not installed. */
export function postgresPrograms(): string | undefined {
  const folders = globSync('/usr/lib/postgresql/*/bin').filter((folder) => existsSync(join(folder, 'initdb')));
  return folders.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
}

/** @throws where it does not start */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-postgres-'));
  const owner = ownerOf(folder);
  const data = join(folder, 'data');
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'vitrine', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...owner, cwd: folder },
  );
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`, 'fsync=off'];
  const url = (database: string) => `postgres://vitrine@127.0.0.1:${port}/${database}`;
  let server: ChildProcess | undefined;

  const start = async () => {
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
    const started = spawn(join(programs, 'postgres'), args, { ...owner, cwd: folder, stdio: 'ignore' });
    process.once('exit', () => started.kill('SIGINT'));
    server = started;
    await until('PostgreSQL answers', () => answers(url('postgres')));
  };
  const stop = async () => {
    const stopped = server;
    server = undefined;
    if (stopped?.exitCode !== null) return;
    const gone = once(stopped, 'exit');
    stopped.kill('SIGINT');
    await gone;
  };
  const remove = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url,
    port,
    start,
    stop,
    remove,
    get pid() {
      return server?.pid;
    },
  };
}

/** PostgreSQL refuses to run as root, so then it runs as whoever owns the package's, or as nobody. */
function ownerOf(folder: string): { uid: number; gid: number } | object {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const number = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      const owner = { uid: number('-u'), gid: number('-g') };
      chownSync(folder, owner.uid, owner.gid);
      return owner;
    } catch {
      continue;
    }
  }
  throw new Error('There is neither a user postgres nor a user nobody.');
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
