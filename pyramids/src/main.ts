import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { ConfigError, loadConfig } from './config/load.ts';
import { createLog } from './log.ts';
import type { Log } from './shared/log.ts';
import { serverOf } from './web/server.ts';

/** Milliseconds that requests under way are given when the service is stopped. */
const GRACE = 8000;

const config = configOrExit();
await start(config, createLog(config.logLevel));

async function start(config: Config, log: Log): Promise<void> {
  const { address, port } = config.listen;
  const { service, stop } = await createApp(config, log).catch((error: unknown) =>
    giveUp(log, error, 'the volume of the pyramids cannot be used'),
  );
  const server = serverOf(service, log);
  server.listen(port, address, () => {
    log.info({ address, port, images: config.images, pyramids: config.pyramids }, 'ready');
  });
  server.once('error', (error) => giveUp(log, error, `cannot listen on ${address}:${port}`));

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      setTimeout(() => process.exit(1), GRACE).unref();
      const stopped = stop();
      server.close(() => void stopped.then(() => process.exit(0)));
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

function configOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
