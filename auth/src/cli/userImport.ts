import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Refused } from '../identity/errors.ts';
import { type Membership, writeMembership } from '../identity/membership.ts';
import { readPeople, type RowFault, type WrittenPerson } from '../identity/peopleFile.ts';
import type { ImportPlan } from '../identity/peopleImport.ts';
import type { User } from '../identity/user.ts';
import { command, type Terminal } from './command.ts';
import { printList, say } from './print.ts';
import { ACTOR, withServices } from './services.ts';

export const userImport = command({
  name: 'user import',
  synopsis: 'FILE [--dry-run]',
  says: 'Adds and changes the users of a CSV file with the columns e-mail, name, roles, until: all of them, or nothing. Roles that the file does not name stay. With --dry-run it only says what it would do. - is standard input.',
  options: { 'dry-run': { type: 'boolean' } },
  words: [1, 1],
  async run({ 'dry-run': isDry = false }, [file = ''], terminal) {
    const people = await peopleIn(file, terminal);
    await withServices(terminal, async ({ users }) => {
      const plan = await users.planImport(people);
      print(plan, terminal);
      if (plan.refused.length > 0) throw faulty(file, plan.refused);
      if (!isDry) await users.import(plan, ACTOR);
      say(terminal, `${isDry ? 'It would be' : 'Done'}: ${inNumbers(plan)}.`);
    });
  },
});

/** @throws Refused, with all that is wrong in the file */
async function peopleIn(file: string, { stdin }: Terminal): Promise<readonly WrittenPerson[]> {
  const bytes = await (file === '-' ? buffer(stdin) : readFile(file)).catch((error: unknown) => {
    throw new Refused('file', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const found = readPeople(bytes);
  if (found.kind === 'wrong') throw faulty(file, found.faults);
  return found.people;
}

function faulty(file: string, faults: readonly RowFault[]): Refused {
  const lines = faults.map(
    ({ line, field, message }) => `${file}, line ${line}${field ? `, ${field}` : ''}: ${message}`,
  );
  return new Refused('file', `nothing was changed.\n${lines.join('\n')}`);
}

function print({ added, changed }: ImportPlan, terminal: Terminal): void {
  const rows = [
    ...added.map((user) => ['add', user.email, user.name, rolesOf(user)]),
    ...changed.map(({ before, after }) => [
      'change',
      after.email,
      turned(before.name, after.name),
      turned(rolesOf(before), rolesOf(after)),
    ]),
  ];
  if (rows.length === 0) return;
  printList(terminal, rows, { headings: ['WHAT', 'EMAIL', 'NAME', 'ROLES'], row: (row) => row });
}

function rolesOf({ memberships }: User): string {
  return memberships.map((one: Membership) => writeMembership(one)).join(', ');
}

function turned(before: string, after: string): string {
  return before === after ? after : `${before || '–'} → ${after || '–'}`;
}

function inNumbers({ added, changed, same }: ImportPlan): string {
  return `${added.length} added, ${changed.length} changed, ${same} as they were`;
}
