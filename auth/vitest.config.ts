import { defineConfig } from 'vitest/config';
import { postgresPrograms } from './test/support/postgres.ts';

const http = {
  globalSetup: 'test/support/postgresForAll.ts',
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

/** The whole service once more, on the other database. */
const onPostgres = {
  test: {
    ...http,
    name: 'http on PostgreSQL',
    include: ['test/service/**/*.test.ts'],
    env: { TEST_DATABASE: 'PostgreSQL' },
  },
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      { test: { ...http, name: 'http', include: ['test/**/*.test.ts'] } },
      ...(postgresPrograms() === undefined ? [] : [onPostgres]),
    ],
  },
});
