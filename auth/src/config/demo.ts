import * as kind from './kinds.ts';
import type { FolderSetting } from './patterns.ts';
import type { Variable } from './variable.ts';

export const demo = {
  group: 'access',
  kind: kind.flag,
  description:
    'Whether there is a demonstration at `/demo/`, for people who build or try viewers: one image for each way to see it, from the folder `demo` of the images. It makes the account `demo@localhost`, whose password is public and which sees that folder only. Not for a server with secrets of its own.',
  default: 'false',
  example: 'true',
} as const satisfies Variable;

/** This machine and networks that are not the internet: where the kiosk and the network of the demonstration are. */
const NEAR = ['127.0.0.0/8', '::1', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
/** Pixels: a level of the demonstration's images, so that the tier has as many. */
const TIER = 450;

function folder(path: string, pattern: FolderSetting['pattern'], more: Partial<FolderSetting> = {}): FolderSetting {
  return { folder: ['demo', ...path.split('/')], pattern, addresses: [], tier: undefined, ...more };
}

/** What `DEMO=true` adds to ACCESS_PATTERNS: one folder for each way to see an image. */
export const DEMO_PATTERNS: readonly FolderSetting[] = [
  folder('open', 'open'),
  folder('login', 'login'),
  folder('clickthrough', 'clickthrough'),
  folder('kiosk', 'kiosk', { addresses: NEAR }),
  folder('external', 'external', { addresses: NEAR }),
  folder('tiered', 'login', { tier: TIER }),
  folder('two/terms', 'clickthrough'),
  folder('two/login', 'login'),
  folder('denied', 'denied'),
  folder('expired', 'login'),
];
