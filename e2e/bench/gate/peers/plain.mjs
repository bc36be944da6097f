// What many would write: Express with express-session and a database of its own, asked by auth_request. Its packages are
// those that auth has for its panel. Arguments: the port, and the file of the database, which is made.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(import.meta.dirname, '../../../../auth/package.json'));
/** @type {typeof import('../../../../auth/node_modules/@types/express/index.js')} */
const express = require('express');
/** @type {typeof import('../../../../auth/node_modules/@types/express-session/index.js')} */
const session = require('express-session');
/** @type {typeof import('../../../../auth/node_modules/@types/better-sqlite3/index.js')} */
const Database = require('better-sqlite3');

const [port, file] = process.argv.slice(2);
const database = new Database(file);
database.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE sessions (id TEXT PRIMARY KEY, data TEXT NOT NULL);
  CREATE TABLE users (id INTEGER PRIMARY KEY, active INTEGER NOT NULL);
  INSERT INTO users VALUES (1, 1);
`);
const find = database.prepare('SELECT data FROM sessions WHERE id = ?').pluck();
const keep = database.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?)');
const drop = database.prepare('DELETE FROM sessions WHERE id = ?');
const active = database.prepare('SELECT active FROM users WHERE id = ?').pluck();

class Store extends session.Store {
  /** @type {import('../../../../auth/node_modules/@types/express-session/index.js').Store['get']} */
  get(id, done) {
    const data = /** @type {string | undefined} */ (find.get(id));
    done(undefined, data === undefined ? undefined : JSON.parse(data));
  }

  /** @type {import('../../../../auth/node_modules/@types/express-session/index.js').Store['set']} */
  set(id, data, done) {
    keep.run(id, JSON.stringify(data));
    done?.();
  }

  /** @type {import('../../../../auth/node_modules/@types/express-session/index.js').Store['destroy']} */
  destroy(id, done) {
    drop.run(id);
    done?.();
  }
}

const app = express();
app.use(session({ secret: 'of a measurement', store: new Store(), resave: false, saveUninitialized: false }));
app.post('/login', (request, response) => {
  Object.assign(request.session, { user: 1 });
  response.sendStatus(204);
});
app.get('/decide', (request, response) => {
  const { user } = /** @type {{user?: number}} */ (/** @type {unknown} */ (request.session));
  response.sendStatus(user !== undefined && active.get(user) === 1 ? 204 : 401);
});
app.listen(Number(port), '127.0.0.1');
