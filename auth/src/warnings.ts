import { isIP } from 'node:net';
import type { Config } from './config/config.ts';
import { Catalogue } from './images/catalogue/catalogue.ts';
import { Handmade } from './images/manifests/handmade.ts';
import { Mailer } from './mail/mailer.ts';
import { findNamed } from './images/catalogue/namedFolder.ts';
import { unknownTexts } from './iiif/texts.ts';
import type { Log } from './shared/log.ts';

/** Files that are named one by one. */
const NAMED = 20;

/** Names below IMAGE_DIR that are looked at for a first image. Where there are more, somebody knows what they are doing. */
const ENOUGH = 10_000;

/** Says in the log what works but is probably not meant so. A slow disk keeps nobody waiting: it looks while all start. */
export function warnings(config: Config, log: Pick<Log, 'warn'>): void {
  if (config.demo) log.warn({ variable: 'DEMO' }, 'everybody can log in as demo@localhost and see the folder demo');
  const unknown = unknownTexts(Object.keys(config.texts));
  if (unknown.length > 0) log.warn({ variable: 'TEXTS' }, `there is no text called ${unknown.join(', ')}`);
  if (!config.secureCookies) warnOfPlainHttp(config, log);
  void warnOfMail(config, log);
  void warnOfNoImages(config, log);
  void warnOfManifests(config, log);
}

function warnOfPlainHttp({ publicUrl }: Config, log: Pick<Log, 'warn'>): void {
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

async function warnOfMail({ mail, publicUrl }: Config, log: Pick<Log, 'warn'>): Promise<void> {
  const checked = mail && (await new Mailer(mail, publicUrl).check());
  if (checked?.kind === 'failed') {
    log.warn(
      { variable: 'SMTP_URL', reason: checked.reason },
      'the mail server cannot be used; docs/operations/accounts.md says what it needs, vitrine mail test ADDRESS tries again',
    );
  }
}

async function warnOfNoImages({ images }: Config, log: Pick<Log, 'warn'>): Promise<void> {
  try {
    if ((await new Catalogue(images.directory).hasImages(ENOUGH)) !== false) return;
    log.warn(
      { variable: 'IMAGE_DIR' },
      'there is no picture in the folder that IMAGE_DIR names, by the names of its files; put some there, or correct IMAGE_DIR',
    );
  } catch (error) {
    log.warn({ variable: 'IMAGE_DIR', err: error }, 'the folder that IMAGE_DIR names cannot be looked into');
  }
}

/** A manifest may well be of something that is in no folder here; one whose name nearly is that of a folder is a slip. */
async function warnOfManifests({ images, manifests }: Config, log: Pick<Log, 'warn'>): Promise<void> {
  if (manifests.directory === undefined) return;
  const variable = 'MANIFEST_DIR';
  try {
    const handmade = new Handmade(manifests.directory);
    const catalogue = new Catalogue(images.directory);
    for (const name of (await handmade.unserved()).slice(0, NAMED))
      log.warn(
        { variable },
        `"${name}" in MANIFEST_DIR is not served: a manifest is called as its folder, maps!atlas.json`,
      );
    for (const path of (await handmade.folders()).slice(0, ENOUGH)) {
      const found = await findNamed(catalogue, path);
      if (found.kind !== 'nothing' || found.nearest === undefined) continue;
      const meant = [...found.nearest, ...path.slice(found.nearest.length)].join('!');
      log.warn(
        { variable },
        `"${path.join('!')}.json" in MANIFEST_DIR is for no folder of IMAGE_DIR; was "${meant}.json" meant?`,
      );
    }
  } catch (error) {
    log.warn({ variable, err: error }, 'the manifests in MANIFEST_DIR cannot be looked through');
  }
}
