import { z } from 'zod';
import type { Config } from './config.ts';
import * as kind from './kinds.ts';

const environment = z.object({
  IMAGE_DIR: kind.folder('read').prefault('/images'),
  PYRAMIDS_DIR: kind.folder('write').prefault('/pyramids'),
  PYRAMIDS_BIND: kind.ipAddress.prefault('0.0.0.0'),
  PYRAMIDS_PORT: kind.integer(1, 65_535).prefault('8081'),
  IMAGE_SERVER: kind.imageServer.prefault('iipsrv'),
  PYRAMID_QUALITY: kind.integer(1, 100).prefault('87'),
  PYRAMIDS_SIZE: kind.room.optional(),
  PDF_DPI: kind.integer(36, 1200).prefault('200'),
  MAX_PIXELS: kind.integer(1_000_000, 10_000_000_000).prefault('1000000000'),
  LOG_LEVEL: kind.logLevel.prefault('info'),
});

/** The configuration is wrong. The message lists every problem on a line of its own. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads and checks every variable. Empty means unset, because the compose files pass every variable on, set or not.
 * @param env usually `process.env`
 * @throws ConfigError that lists everything that is wrong
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { data, error } = environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (data === undefined) {
    const lines = error.issues.map(({ path: [name], message }) => {
      const given = env[String(name)];
      return `  ${String(name)}: ${given ? `${JSON.stringify(given)}: ` : ''}${message}`;
    });
    throw new ConfigError(['The service pyramids cannot start, its configuration is wrong:', ...lines].join('\n'));
  }
  return {
    listen: { address: data.PYRAMIDS_BIND, port: data.PYRAMIDS_PORT },
    images: data.IMAGE_DIR,
    pyramids: data.PYRAMIDS_DIR,
    size: data.PYRAMIDS_SIZE,
    imageServer: data.IMAGE_SERVER,
    quality: data.PYRAMID_QUALITY,
    dotsPerInch: data.PDF_DPI,
    maxPixels: data.MAX_PIXELS,
    logLevel: data.LOG_LEVEL,
  };
}
