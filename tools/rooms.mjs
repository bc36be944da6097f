// The order of rooms (docs/architecture.md), for each service's .dependency-cruiser.mjs.

/** @typedef {Readonly<Record<string, readonly string[]>>} Rooms by room, those that it may import */

/**
 * A room may import itself, `shared/` and what stands in its row; tests may import anything.
 * @param {Rooms} rooms
 */
const order = (rooms) =>
  Object.entries(rooms).map(([room, allowed]) => ({
    name: `${room}-imports-only-what-it-may`,
    severity: 'error',
    from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
    to: { path: '^src/', pathNot: `^src/(${[room, 'shared', ...allowed].join('|')})/` },
  }));

const alone = {
  name: 'src-is-all-of-the-service',
  comment: 'Only src/ is in the container. Another service is asked over the network.',
  severity: 'error',
  from: { path: '^src/', pathNot: '\\.test\\.ts$' },
  to: { dependencyTypes: ['local'], pathNot: '^src/' },
};

const cycles = { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } };

/**
 * @param {Rooms} rooms those that are there and those to come
 * @param {object[]} [more] rules of this service alone
 */
export const orderOfRooms = (rooms, more = []) => ({
  forbidden: [...order(rooms), alone, ...more, cycles],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
});
