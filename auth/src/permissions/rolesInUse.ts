import type { Rule } from '../access/rules.ts';
import { Refused } from '../identity/errors.ts';

/** Rules that a message names. */
const NAMED = 10;

/**
 * Before a role is removed: a rule that names it would be met by nobody, and by whoever gets another role of that name.
 * @throws Refused, with the rules that name it
 */
export function refuseRoleInUse(role: string, rules: readonly Rule[]): void {
  const naming = rules.filter(({ grants }) => grants.some(({ who }) => who.roles.includes(role)));
  const names = [...new Set(naming.map(({ name }) => name))];
  if (names.length === 0) return;
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  throw new Refused(
    'name',
    `The role "${role}" is named by rules: ${names.slice(0, NAMED).join(', ')}${more}. Change them first.`,
  );
}
