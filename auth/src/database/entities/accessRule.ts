import { table } from './table.ts';

/**
 * One entry of what an access.yml would say: the rule of a folder or image, the addresses of a network, or texts. JSON. And one
 * row that is another after each change of the others.
 */
export type AccessRuleRow = { section: 'folders' | 'networks' | 'texts' | 'revision'; name: string; value: string };

export const accessRuleTable = table<AccessRuleRow>({
  name: 'access_rule',
  tableName: 'access_rules',
  columns: {
    section: { type: 'varchar', length: 10, primary: true, primaryKeyConstraintName: 'access_rules_pk' },
    name: { type: 'text', primary: true, primaryKeyConstraintName: 'access_rules_pk' },
    value: { type: 'text' },
  },
});
