import { refuseRoleInUse } from '../permissions/rolesInUse.ts';
import { command } from './command.ts';
import { printList, say } from './print.ts';
import { withRules } from './rules.ts';
import { withServices } from './services.ts';

const list = command({
  name: 'role list',
  synopsis: '[--json]',
  says: 'Lists the roles that there are.',
  options: { json: { type: 'boolean' } },
  words: [0, 0],
  async run({ json }, _words, terminal) {
    await withServices(terminal, async ({ users }) => {
      const headings = ['NAME', 'DESCRIPTION'];
      printList(terminal, await users.listRoles(), {
        json,
        headings,
        row: ({ name, description }) => [name, description],
      });
    });
  },
});

const add = command({
  name: 'role add',
  synopsis: 'NAME [--description TEXT]',
  says: 'Adds a role, which rules may name then.',
  options: { description: { type: 'string' } },
  words: [1, 1],
  async run({ description = '' }, [name = ''], terminal) {
    await withServices(terminal, async ({ users, record }) => {
      const role = await record('role.add', name, () => users.addRole({ name, description }));
      say(terminal, `There is a role "${role.name}" now.`);
    });
  },
});

const remove = command({
  name: 'role remove',
  synopsis: 'NAME',
  says: 'Removes a role, and takes it from everybody who has it. Refused while a rule names it.',
  options: {},
  words: [1, 1],
  async run(_values, [typed = ''], terminal) {
    const name = typed.normalize('NFC');
    await withRules(terminal, async ({ tree, services: { users, record } }) => {
      await record('role.remove', name, () => {
        refuseRoleInUse(name, tree.rules);
        return users.removeRole(name);
      });
      say(terminal, `The role "${name}" is gone.`);
    });
  },
});

export const roleCommands = [list, add, remove];
