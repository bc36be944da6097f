import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Config } from './config/config.ts';
import { FactsReader } from './facts/factsReader.ts';
import { complaintOf } from './folders.ts';
import { Maker } from './making/maker.ts';
import { Pyramids } from './service.ts';
import type { Log } from './shared/log.ts';
import { Tiles } from './tiles/tiles.ts';
import { Unserved } from './unserved.ts';
import { Volume } from './volume/volume.ts';
import type { Service } from './web/service.ts';

/** Of the maker: raised when it can make what it could not. */
const EDITION = 1;
/** Milliseconds between two looks for pyramids of masters that are gone. */
const CLEANED_EVERY = 6 * 3_600_000;

type App = {
  readonly service: Service;
  /** Ends what is being made, and what waits for it. */
  readonly stop: () => Promise<void>;
};

/**
 * Joins the rooms.
 * @returns rejects with what the file system says where the volume cannot be used
 */
export async function createApp(config: Config, log: Log): Promise<App> {
  const { pyramids, size, imageServer: server, dotsPerInch: pdfDpi, maxPixels } = config;
  const images = realpathSync(config.images);
  const volume = await Volume.open({ volume: pyramids, images, size, edition: EDITION });
  const { makes } = volume;
  const tiles = new Tiles({ volume: pyramids, images });
  const facts = new FactsReader({ imagesDirectory: images, server, pdfDpi, makes, maxPixels });
  const reduces = server === 'digilib';
  let lastTile = -Infinity;
  const quietFor = (): number => (performance.now() - lastTile) / 1000;
  const maker = new Maker({
    volume,
    facts,
    images,
    manner: config,
    reduces,
    log,
    cores: availableParallelism(),
    quietFor,
  });
  const unserved = new Unserved(log);
  const onTile = (): void => {
    lastTile = performance.now();
  };
  const service = new Pyramids({
    facts,
    volume,
    maker,
    reduces,
    tiles,
    unserved,
    complaint: complaintOf(config),
    onTile,
  });
  const endCleaning = cleanAgainAndAgain(volume, log);
  const stop = async (): Promise<void> => {
    endCleaning();
    facts.stop();
    tiles.close();
    await maker.stop();
    await volume.close();
  };
  return { service, stop };
}

/** @returns ends it */
function cleanAgainAndAgain(volume: Volume, log: Log): () => void {
  const ending = new AbortController();
  const clean = (): void => {
    volume.clean(ending.signal).catch((error: unknown) => {
      if (ending.signal.aborted) return;
      log.error(
        { err: error },
        'the volume of the pyramids could not be looked through for what is of no use any more',
      );
    });
  };
  const timer = setInterval(clean, CLEANED_EVERY);
  clean();
  return () => {
    clearInterval(timer);
    ending.abort();
  };
}
