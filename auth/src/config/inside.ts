import { writableFolder } from './folders.ts';
import * as kind from './kinds.ts';
import type { Variable } from './variable.ts';

/** What the compose files and ./serve settle between the services. */
export const inside = {
  DATA_DIR: {
    group: 'inside',
    kind: writableFolder,
    description:
      'The folder for generated secrets and the SQLite file. Back it up. In Docker it is a volume; ./serve takes ./data if nothing else is set.',
    default: '/data',
    example: '/var/lib/vitrine',
  },
  IMAGE_SERVER: {
    group: 'inside',
    kind: kind.choice('iipsrv', 'digilib'),
    description: 'Which image server makes the images. It has to match the one that runs.',
    default: 'iipsrv',
    example: 'digilib',
  },
  IMAGE_SERVER_URL: {
    group: 'inside',
    kind: kind.httpOrigin,
    description: 'Where the service reaches the image server.',
    default: 'http://image-server:8080',
    example: 'http://127.0.0.1:8081',
  },
  AUTH_BIND: {
    group: 'inside',
    kind: kind.ipAddress,
    description: 'The network address on which the service waits for the proxy. ./serve takes 127.0.0.1.',
    default: '0.0.0.0',
    example: '127.0.0.1',
  },
  AUTH_PORT: {
    group: 'inside',
    kind: kind.port,
    description: 'The port on which the service waits for the proxy.',
    default: '3000',
    example: '3001',
  },
} as const satisfies Record<string, Variable>;
