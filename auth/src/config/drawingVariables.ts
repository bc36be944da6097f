import * as kind from './kinds.ts';
import type { Variable } from './variable.ts';

/** What the image server may use to draw, and the proxy to keep what is drawn. */
export const drawingVariables = {
  IMAGE_WORKERS: {
    group: 'speed',
    kind: kind.integer(1, 256),
    description:
      'How many pictures the image server draws at the same time. As many as the server has processor cores is a good number. One of them is never taken by large renderings, so that tiles go on.',
    default: '4',
    example: '8',
  },
  TILE_CACHE_SIZE: {
    group: 'speed',
    kind: kind.cacheSize,
    description:
      'How much disk the proxy may use to keep what the image server has made, so that it need not be made again, and tiles that were asked for more than once.',
    default: '1g',
    example: '20g',
  },
  TILE_CACHE_MIN_FREE: {
    group: 'speed',
    kind: kind.cacheSize,
    description:
      'How much of that disk is left free for others: finished tiles are removed before less is. When somebody else leaves less than half of it, no more are kept until there is room; images go on.',
    default: '256m',
    example: '5g',
  },
} as const satisfies Record<string, Variable>;
