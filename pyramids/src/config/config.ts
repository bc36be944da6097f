import type { z } from 'zod';
import type { logLevel } from './kinds.ts';

/** Everything that this service can be told, checked and settled once at the start. */
export type Config = {
  readonly listen: { readonly address: string; readonly port: number };
  /** Absolute path of the folder of the masters. */
  readonly images: string;
  /** Absolute path of the volume. */
  readonly pyramids: string;
  /** Bytes that the volume may hold; 0: nothing is made; undefined: all but a tenth of its disk. */
  readonly size: number | undefined;
  /** Which masters are fit depends on it. */
  readonly imageServer: 'iipsrv' | 'digilib';
  /** Of JPEG, 1 to 100. */
  readonly quality: number;
  /** At which the pages of a PDF are drawn. */
  readonly dotsPerInch: number;
  /** Of one picture. */
  readonly maxPixels: number;
  readonly logLevel: z.output<typeof logLevel>;
};
