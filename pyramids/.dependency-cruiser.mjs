// The order of rooms (docs/architecture.md). A room may import itself, `shared/` and what stands here, nothing else. That
// every folder has its row, and every import that a row allows is used, ../auth/test/rooms.ts checks.
import { orderOfRooms } from '../tools/rooms.mjs';

/** @type {Record<string, readonly string[]>} */
export const rooms = {
  shared: [],
  config: [],
  children: [],
  headers: [],
  facts: ['headers', 'children'],
  tiles: [],
  making: ['facts', 'volume', 'children', 'tiles'],
  volume: ['children'],
  web: ['making', 'tiles'],
};

/**
 * Rooms to come. Their rows hold from their first file on, and then move up.
 *
 * @type {Record<string, readonly string[]>}
 */
export const roomsToCome = {};

const pure = {
  name: 'headers-do-no-io',
  comment: 'What a header says is found in bytes that somebody else has read.',
  severity: 'error',
  from: { path: '^src/headers/', pathNot: '\\.test\\.ts$' },
  to: { pathNot: '^(src/(headers|shared)/|node:zlib|zlib)' },
};

export default orderOfRooms({ ...rooms, ...roomsToCome }, [pure]);
