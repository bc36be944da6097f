import { randomUUID } from 'node:crypto';
import { checkedEmail, checkedName, checkedRoles, sameMemberships } from './checks.ts';
import { Refused } from './errors.ts';
import { type Membership, rolesAt } from './membership.ts';
import { NO_PASSWORD } from './passwords.ts';
import type { COLUMNS, RowFault, WrittenPerson } from './peopleFile.ts';
import type { Role, User } from './user.ts';

/** What an import would do. Nobody is removed by it, and nobody loses a role that the file does not name. */
export type ImportPlan = {
  /** Without a password. */
  readonly added: readonly User[];
  readonly changed: readonly { readonly before: User; readonly after: User }[];
  /** How many are as the file says already. */
  readonly same: number;
  /** Where anything is refused, nothing is to be done. */
  readonly refused: readonly RowFault[];
};

/** What a user is stored with who has yet to set a password: no password fits it. */
export const newcomer = (user: User) => ({ ...user, passwordHash: NO_PASSWORD });

const FIELDS: Readonly<Record<string, (typeof COLUMNS)[number]>> = { email: 'e-mail', name: 'name', roles: 'roles' };

/** Compares people of a file with the users and roles that there are at a moment. Pure but for the ids of new users. */
export function planImport(
  people: readonly WrittenPerson[],
  there: { readonly users: readonly User[]; readonly roles: readonly Role[] },
  now: Date,
): ImportPlan {
  const byEmail = new Map(there.users.map((user) => [user.email, user]));
  const lines = new Map<string, number>();
  const added: User[] = [];
  const changed: { before: User; after: User }[] = [];
  const refused: RowFault[] = [];
  let same = 0;
  for (const person of people) {
    try {
      const email = checkedEmail(person.email);
      const other = lines.get(email);
      if (other !== undefined) throw new Refused('email', `${email} stands in line ${other} already.`);
      lines.set(email, person.line);
      const before = byEmail.get(email);
      const after = personAfter(before ?? unknown(email, now), person, there.roles, now);
      if (!before) added.push(after);
      else if (after.name === before.name && sameMemberships(after.memberships, before.memberships)) same += 1;
      else changed.push({ before, after });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const field = FIELDS[error.field];
      refused.push({ line: person.line, ...(field && { field }), message: error.message });
    }
  }
  return { added, changed, same, refused };
}

/** @throws Refused */
function personAfter(before: User, { name, roles, until }: WrittenPerson, known: readonly Role[], now: Date): User {
  const given = roles.map((role): Membership => {
    const composed = role.normalize('NFC');
    const held = before.memberships.find((one) => one.role === composed);
    return { role: composed, from: held?.from, until };
  });
  const others = before.memberships.filter(({ role }) => !given.some((one) => one.role === role));
  const memberships = checkedRoles([...others, ...given], known);
  return {
    ...before,
    name: name === undefined ? before.name : checkedName(name),
    memberships,
    roles: rolesAt(memberships, now),
  };
}

function unknown(email: string, createdAt: Date): User {
  return {
    id: randomUUID(),
    email,
    name: '',
    active: true,
    roles: [],
    memberships: [],
    createdAt,
    lastLoginAt: undefined,
  };
}
