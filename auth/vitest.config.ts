import { defineConfig } from 'vitest/config';
import { postgresPrograms } from './test/support/postgres.ts';

/**
 * The files of a project share their workers' modules, which are read once instead of for every file. No test replaces a
 * module or leaves anything behind in one: what a room needs is handed to it.
 */
const shared = { isolate: false };

const http = {
  ...shared,
  testTimeout: 240_000,
  globalSetup: 'test/support/postgresForAll.ts',
  hookTimeout: 240_000,
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
      { test: { ...shared, testTimeout: 60_000, hookTimeout: 60_000, name: 'unit', include: ['src/**/*.test.ts'] } },
      { test: { ...http, name: 'http', include: ['test/**/*.test.ts'] } },
      ...(postgresPrograms() === undefined ? [] : [onPostgres]),
    ],
  },
});
