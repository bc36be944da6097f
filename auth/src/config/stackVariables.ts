import { writableFolder } from './folders.ts';
import * as kind from './kinds.ts';
import type { Variable } from './variable.ts';

/** What the compose files and ./serve settle between the services. */
export const stackVariables = {
  DATA_DIR: {
    group: 'stack',
    kind: writableFolder,
    description:
      'The folder for generated secrets and the SQLite file. Back it up. In Docker it is a volume; ./serve takes ./data if nothing else is set.',
    default: '/data',
    example: '/var/lib/vitrine',
  },
  IMAGE_SERVER: {
    group: 'stack',
    kind: kind.choice('iipsrv', 'digilib'),
    description:
      'Which image server draws what is not stored as it is asked for. It has to match the one that runs. With another one nothing has to be made anew by hand: images that it does not show right as they are get made, by themselves.',
    default: 'iipsrv',
    example: 'digilib',
  },
  PYRAMIDS_URL: {
    group: 'stack',
    kind: kind.httpOrigin,
    description: 'Where the service reaches pyramids, which alone opens your images and says what is in them.',
    default: 'http://pyramids:8081',
    example: 'http://127.0.0.1:8082',
  },
  AUTH_BIND: {
    group: 'stack',
    kind: kind.ipAddress,
    description: 'The network address on which the service waits for the proxy. ./serve takes 127.0.0.1.',
    default: '0.0.0.0',
    example: '127.0.0.1',
  },
  AUTH_PORT: {
    group: 'stack',
    kind: kind.port,
    description: 'The port on which the service waits for the proxy.',
    default: '3000',
    example: '3001',
  },
} as const satisfies Record<string, Variable>;
