// The order of rooms (docs/architecture.md). A room may import itself and what stands here, nothing else.
const rooms = {
  config: [],
  access: [],
  iiif: ['access'],
  images: ['iiif'],
  identity: [],
  sessions: ['identity'],
  gate: ['access', 'iiif', 'images', 'sessions', 'identity'],
  database: ['config', 'identity', 'sessions', 'images', 'observability'],
  admin: ['identity', 'sessions', 'observability'],
  web: ['config', 'access', 'iiif', 'images', 'identity', 'sessions', 'gate', 'observability'],
  cli: ['config', 'access', 'iiif', 'images', 'identity', 'sessions', 'gate', 'database', 'observability'],
  observability: ['config'],
};

const order = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

const pure = {
  name: 'access-and-iiif-do-no-io',
  comment: 'What the specifications say and who may see what is decided without a disk, a network or a clock.',
  severity: 'error',
  from: { path: '^src/(access|iiif)/', pathNot: '\\.test\\.ts$' },
  to: { pathNot: '^src/(access|iiif)/' },
};

const cycles = { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } };

export default {
  forbidden: [...order, pure, cycles],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
