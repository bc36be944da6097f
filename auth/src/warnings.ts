import { isIP } from 'node:net';
import type { Config } from './config/config.ts';
import { Catalogue } from './images/catalogue.ts';
import { imageServers } from './images/imageServer.ts';
import { unknownTexts } from './iiif/texts.ts';

type Log = { warn(fields: object, message: string): void };

/** Names below IMAGE_DIR that are looked at for a first image. Where there are more, somebody knows what they are doing. */
const ENOUGH = 10_000;

/** Says in the log what works but is probably not meant so. A slow disk keeps nobody waiting: it looks while all start. */
export function warnings(config: Config, log: Log): void {
  if (config.demo) log.warn({ variable: 'DEMO' }, 'everybody can log in as demo@localhost and see the folder demo');
  const unknown = unknownTexts(Object.keys(config.texts));
  if (unknown.length > 0) log.warn({ variable: 'TEXTS' }, `there is no text called ${unknown.join(', ')}`);
  if (!config.secureCookies) warnOfPlainHttp(config, log);
  void warnOfNoImages(config, log);
}

function warnOfPlainHttp({ publicUrl }: Config, log: Log): void {
  if (isIP(new URL(publicUrl).hostname) !== 0) {
    log.warn(
      { variable: 'VIRTUAL_HOST' },
      'VIRTUAL_HOST is an IP address, for which there is no https: viewers on other sites cannot log in; give it a host name',
    );
    return;
  }
  log.warn(
    { variable: 'VIRTUAL_HOST_PROTO' },
    'plain http on this host name: viewers on other sites cannot log in; set VIRTUAL_HOST_PROTO=https',
  );
}

async function warnOfNoImages({ images }: Config, log: Log): Promise<void> {
  const { name, reads } = imageServers[images.server];
  try {
    if ((await new Catalogue(images.directory, reads).hasImages(ENOUGH)) !== false) return;
    log.warn(
      { variable: 'IMAGE_DIR' },
      `there is no image in the folder that IMAGE_DIR names; ${name} reads ${reads.join(', ')}; put some there, or correct IMAGE_DIR`,
    );
  } catch (error) {
    log.warn({ variable: 'IMAGE_DIR', err: error }, 'the folder that IMAGE_DIR names cannot be looked into');
  }
}
