// Much more of everything than a server begins with.
import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../../auth/src/database/open.ts';
import { StoredRules } from '../../../auth/src/permissions/storedRules.ts';
import { mustRun } from '../../../test-support/command.mjs';

/**
 * @typedef {object} Crowd
 * @property {number} users each with a live session
 * @property {number} images a hundred to a folder; each has a rule of its own, up to {@link RULES} of them
 *
 * @typedef {{type: 'postgres', url: string, programs: string}} Postgres `programs`: folder of its programs
 * @typedef {{type: 'sqlite', file: string} | Postgres} Database
 */

const OF_A_FOLDER = 100;
export const RULES = 100_000;
/** A file has no more names than this: ext4 allows 65,000. */
const NAMES = 50_000;

/**
 * @param {string} images folder
 * @param {string} picture whose pixels all of them are
 * @param {number} count
 */
export function addImages(images, picture, count) {
  for (let number = 0; number < count; number++) {
    if (number % OF_A_FOLDER === 0) mkdirSync(join(images, ...folderOf(number)), { recursive: true });
    const source = join(images, 'crowd', `${Math.floor(number / NAMES)}.tif`);
    if (number % NAMES === 0) copyFileSync(picture, source);
    linkSync(source, join(images, ...placeOf(number)));
  }
}

/**
 * The path of one of these images, below `IMAGE_DIR`.
 * @param {number} number
 */
const placeOf = (number) => [...folderOf(number), `${number}.tif`];

/** @param {number} number */
function folderOf(number) {
  const folder = Math.floor(number / OF_A_FOLDER);
  return ['crowd', `${Math.floor(folder / 100)}`, `${folder % 100}`];
}

/**
 * Rules of the database: of as many of these images, one each.
 * @param {Database} database with tables
 * @param {number} count
 */
export async function addRules(database, count) {
  const log = {
    /**
     * @param {object} what
     * @param {string} message
     */
    warn(what, message) {
      console.error(message, what);
    },
  };
  const opened = await openDatabase(database, log);
  try {
    const said = ['"everyone"', '"users"', '"nobody"'];
    const folders = Object.fromEntries(
      Array.from({ length: count }, (_, number) => [placeOf(number).join('/'), said[number % said.length]]),
    );
    await new StoredRules(opened.rules, () => Promise.resolve([])).import({ folders, networks: {}, texts: {} });
  } finally {
    await opened.close();
  }
}

/**
 * @param {Database} database with tables
 * @param {number} count
 */
export async function addUsers(database, count) {
  const now = new Date().toISOString();
  const later = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
  const [id, secret, numbers] =
    database.type === 'sqlite'
      ? [
          'hex(randomblob(16))',
          'hex(randomblob(32))',
          `WITH RECURSIVE crowd(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM crowd WHERE n < ${count})`,
        ]
      : [
          'md5(random()::text)',
          'md5(random()::text) || md5(random()::text)',
          `WITH crowd(n) AS (SELECT generate_series(1, ${count}))`,
        ];
  const statements = [
    `${numbers} INSERT INTO users (id, email, name, active, password_hash, created_at, last_login_at)
      SELECT ${id}, 'crowd' || n || '@example.org', '', ${database.type === 'sqlite' ? '1' : 'true'}, 'none', '${now}', '${now}' FROM crowd`,
    `INSERT INTO sessions (id, user_id, access_hash, account_hash, created_at, expires_at, address, user_agent)
      SELECT ${id}, id, ${secret}, ${secret}, '${now}', '${later}', '127.0.0.1', 'bench' FROM users WHERE email LIKE 'crowd%'`,
  ];
  if (database.type === 'postgres') {
    for (const statement of [...statements, 'ANALYZE']) {
      await mustRun(join(database.programs, 'psql'), [
        '--quiet',
        '--set=ON_ERROR_STOP=1',
        '-c',
        statement,
        database.url,
      ]);
    }
    return;
  }
  const file = new DatabaseSync(database.file);
  try {
    file.exec('PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON');
    for (const statement of statements) file.exec(statement);
  } finally {
    file.close();
  }
}
