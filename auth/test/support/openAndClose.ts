/*
 * A process that opens the database named in its only argument (JSON), adds its first administrator as a service does
 * when it starts, and prints the password it made up. Said on stdin when to begin, so that several do at one moment.
 */
import { once } from 'node:events';
import { openDatabase } from '../../src/database/open.ts';
import { ensureAdministrator } from '../../src/identity/firstAdministrator.ts';
import { Passwords } from '../../src/identity/passwords.ts';
import { Users } from '../../src/identity/users.ts';
import { systemClock } from '../../src/shared/clock.ts';

const which = JSON.parse(process.argv[2] ?? '') as Parameters<typeof openDatabase>[0];
console.log('ready');
await once(process.stdin, 'data');
const database = await openDatabase(which, { warn: console.error });
const users = new Users(database.users, new Passwords('salt', 4), systemClock, () => Promise.resolve());
const password = await ensureAdministrator(users, { email: 'first@example.org', password: undefined });
console.log(JSON.stringify({ password }));
await database.close();
process.exit(0);
