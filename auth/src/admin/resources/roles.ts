import type { ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import type { Rule } from '../../access/rules.ts';
import type { Role } from '../../identity/user.ts';
import type { Users } from '../../identity/users.ts';
import { refuseRoleInUse } from '../../permissions/rolesInUse.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import { inMemory } from './inMemory.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type Table } from './tableResource.ts';

const Form = z.object({ name: z.string().default(''), description: z.string().default('') });

/** `inForce`: all rules, which may name roles. */
export function rolesResource(
  users: Users,
  inForce: () => readonly Rule[],
  record: AuditedChange,
): ResourceWithOptions {
  return {
    resource: new TableResource(rolesTable(users, inForce, record)),
    options: {
      titleProperty: 'name',
      navigation: { icon: 'Tag' },
      sort: { sortBy: 'name', direction: 'asc' },
      actions: { ...switchedOff.everywhere, show: switchedOff.off },
      listProperties: ['name', 'description'],
      editProperties: ['name', 'description'],
      filterProperties: ['name', 'description'],
      properties: { name: { isRequired: true, description: 'roleNameHint', custom: { fixed: true } } },
    },
  };
}

function rolesTable(users: Users, inForce: () => readonly Rule[], record: AuditedChange): Table {
  const find = async (name: string): Promise<Role | undefined> =>
    (await users.listRoles()).find((role) => role.name === name);
  return {
    name: 'roles',
    fields: [{ name: 'name' }, { name: 'description' }],
    ...inMemory('name', () => users.listRoles()),

    add(input, context) {
      const role = readForm(Form, input);
      return record({ actions: ['role.add'], target: role.name }, context, () => users.addRole(role));
    },

    async change(name, input, context) {
      const before = await find(name);
      if (!before) throw refusal('name', 'There is no such role any more.');
      const after = readForm(Form, { ...before, ...input });
      // Rules name roles: under another name it would be another role.
      if (after.name !== name) throw refusal('name', 'A role keeps its name. Add a new one and remove this one.');
      if (after.description === before.description) return before;
      return record({ actions: ['role.change'], target: name }, context, () =>
        users.describeRole(name, after.description),
      );
    },

    async remove(name, context) {
      await record({ actions: ['role.remove'], target: name }, context, () => {
        refuseRoleInUse(name, inForce());
        return users.removeRole(name);
      });
    },
  };
}
