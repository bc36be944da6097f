import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DEMO_ROLE } from './access/demoAccount.ts';
import { createApp } from './app.ts';
import { ConfigError, loadConfig, type Config } from './config/load.ts';
import { openDatabase } from './database/open.ts';
import { settleDemoAccount } from './identity/demoAccount.ts';
import { inWords } from './permissions/yamlFile.ts';
import { Refused } from './identity/errors.ts';
import { StoreUnavailable } from './shared/errors.ts';
import { ensureAdministrator } from './identity/firstAdministrator.ts';
import { createLog } from './observability/log.ts';
import type { Log } from './shared/log.ts';
import { warnings } from './warnings.ts';

/** Milliseconds that requests under way are given when the service is stopped. */
const GRACE = 8000;
/** Bytes. More than nginx takes from a client and adds to it (80 kB; the address is sent twice): it refuses in words. */
const LONGEST_HEADERS = 128 * 1024;
/** Milliseconds between two looks at access.yml: what is changed there holds after two of them, and nginx's two seconds. */
const RULES_LOOKED_AT = 500;
/** Milliseconds. A share that does not answer must not keep the panel from being there; there is nothing to show yet. */
const PATIENCE_WITH_DISK = 5000;
/** Milliseconds between two attempts to reach the database. */
const PAUSE = 3000;

const config = configOrExit();
const log = createLog(config.logLevel);
await start(config, log);

async function start(config: Config, log: Log): Promise<void> {
  const database = await openDatabase(config.database, log).catch((error: unknown) =>
    giveUp(log, error, 'the database cannot be opened; AUTH_DB_CONNECTION says where it is'),
  );
  const { handle, users, rules, catalogue, sweeper, outbox, lookThrough, pictureNews } = createApp(
    config,
    database,
    log,
  );
  const password = await whenStoreAnswers(() => ensureAdministrator(users, config.admin), log).catch(
    (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return giveUp(log, error, 'the administrator of AUTH_ADMIN_USERID and AUTH_ADMIN_PASSWORD cannot be made');
    },
  );
  if (password !== undefined) announce(config, password);
  await whenStoreAnswers(() => settleDemoAccount(users, config.demo, DEMO_ROLE), log);
  warnings(config, log);
  if (await whenStoreAnswers(() => database.facts.any(), log)) catalogue.expectImages();
  // Before anybody is answered. Until the rules are read nobody sees anything.
  await Promise.race([rules.refresh(), wait(PATIENCE_WITH_DISK)]);
  if (rules.faults.length > 0)
    giveUp(log, rules.faults.map(inWords).join('; '), 'the rules of access.yml cannot be read');
  setInterval(() => void rules.refresh(), RULES_LOOKED_AT).unref();
  sweeper.start();

  const server = createServer({ maxHeaderSize: LONGEST_HEADERS }, handle);
  // Longer than nginx keeps an idle connection, so that it is nginx that closes: else a request can meet a closed door.
  server.keepAliveTimeout = 75_000;
  server.listen(config.listen.port, config.listen.address, () => {
    log.info({ ...config.listen, publicUrl: config.publicUrl, images: config.images.directory }, 'ready');
  });
  server.once('error', (error) =>
    giveUp(log, error, `cannot listen on ${config.listen.address}:${config.listen.port}`),
  );

  let stopping = false;
  void lookThrough(() => stopping);
  pictureNews.start();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), GRACE).unref();
      const done = Promise.all([sweeper.stop(), outbox?.stop()]);
      server.close(() => void done.then(() => database.close()).then(() => process.exit(0)));
      // Again and again: a connection whose request is answered now would be kept open for the next, which never comes.
      setInterval(() => {
        server.closeIdleConnections();
      }, 50);
    });
  }
}

function giveUp(log: Log, error: unknown, message: string): never {
  log.fatal({ cause: error instanceof Error ? error.message : String(error) }, message);
  process.exit(1);
}

/** A database that goes away while the service starts is waited for, as one that is not there yet. */
async function whenStoreAnswers<T>(attempt: () => Promise<T>, log: Log): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({ cause: error.message }, 'the database does not answer; trying again');
      await wait(PAUSE);
    }
  }
}

/** Once, and not through the logger, which removes passwords: nobody could log in otherwise. */
function announce({ admin, publicUrl }: Config, password: string): void {
  process.stdout.write(
    `\n  The administrator was made. This is shown once:\n` +
      `    log in at  ${publicUrl}/auth/admin/\n    user       ${admin.email}\n    password   ${password}\n\n`,
  );
}

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
