import { Conflict } from './errors.ts';
import type { Users } from './users.ts';

/** Everybody may know these: they stand on the page of the demonstration. */
export const DEMO_ACCOUNT = { email: 'demo@localhost', password: 'look-at-this' } as const;

/**
 * With a demonstration: its account is there, active, with the password that the page shows and the one role given.
 * Without: it is never made, and one that was made by an earlier start is disabled.
 * @throws StoreUnavailable
 */
export async function settleDemoAccount(users: Users, demo: boolean, role: string): Promise<void> {
  const found = await users.findByEmail(DEMO_ACCOUNT.email);
  if (!demo) {
    // An account of this name that an administrator made does not have the role, and is left alone.
    if (found?.active && found.roles.includes(role)) await users.change(found.id, { active: false });
    return;
  }
  try {
    const known = (await users.listRoles()).some(({ name }) => name === role);
    if (!known) await users.addRole({ name: role, description: 'Sees the folder of the demonstration, and no other' });
    const { email, password } = DEMO_ACCOUNT;
    if (found) await users.change(found.id, { password, active: true, roles: [role] });
    else await users.add({ email, password, name: 'Demonstration', roles: [role] });
  } catch (error) {
    // Another service that starts at the same moment was faster.
    if (!(error instanceof Conflict)) throw error;
  }
}
