// The order of rooms (docs/architecture.md). A room may import itself, `shared/` and what stands here, nothing else. That
// every folder has its row, and every import that a row allows is used, test/rooms.ts checks.
import { orderOfRooms } from '../tools/rooms.mjs';

/** @type {Record<string, readonly string[]>} */
export const rooms = {
  shared: [],
  config: [],
  access: [],
  iiif: ['access'],
  images: ['iiif'],
  identity: [],
  sessions: ['identity'],
  permissions: ['access', 'images', 'identity'],
  keys: ['access', 'permissions', 'identity', 'sessions'],
  shares: ['access', 'permissions', 'identity', 'sessions'],
  mail: ['config', 'identity', 'sessions', 'observability'],
  requests: ['identity', 'shares', 'mail'],
  gate: ['access', 'iiif', 'images', 'sessions', 'identity', 'keys', 'shares'],
  database: ['config', 'permissions', 'identity', 'sessions', 'keys', 'shares', 'requests', 'images', 'observability'],
  admin: [
    'access',
    'images',
    'permissions',
    'identity',
    'sessions',
    'keys',
    'shares',
    'mail',
    'requests',
    'gate',
    'observability',
  ],
  web: ['access', 'iiif', 'images', 'identity', 'sessions', 'shares', 'mail', 'requests', 'gate', 'observability'],
  cli: [
    'config',
    'access',
    'images',
    'permissions',
    'identity',
    'sessions',
    'keys',
    'shares',
    'mail',
    'requests',
    'gate',
    'database',
    'observability',
  ],
  observability: ['config'],
};

/**
 * Rooms to come: where what is written next belongs. Their rows hold from their first file on, and then move up.
 *
 * @type {Record<string, readonly string[]>}
 */
export const roomsToCome = {
  'identity/sources': ['identity'],
  'web/reading': ['iiif', 'gate', 'web'],
};

const pure = {
  name: 'access-and-iiif-do-no-io',
  comment: 'What the specifications say and who may see what is decided without a disk, a network or a clock.',
  severity: 'error',
  from: { path: '^src/(access|iiif)/', pathNot: '\\.test\\.ts$' },
  to: { pathNot: '^src/(access|iiif|shared)/' },
};

export default orderOfRooms({ ...rooms, ...roomsToCome }, [pure]);
