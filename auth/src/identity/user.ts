import type { Membership } from './membership.ts';

/** The role whose members may use the admin panel. It always exists, and always has an active member. */
export const ADMIN_ROLE = 'admin';

export type User = {
  /** UUID. */
  readonly id: string;
  /** Lower case; unique. */
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
  /** Names of the roles that the user has now (when it was read), sorted. */
  readonly roles: readonly string[];
  /** All of them, also those that are over or have yet to begin; sorted by role, each once. */
  readonly memberships: readonly Membership[];
  readonly createdAt: Date;
  readonly lastLoginAt: Date | undefined;
};

/** A user with the one field that never leaves `identity/` and `database/`. */
export type UserWithHash = User & { readonly passwordHash: string };

export type Role = { readonly name: string; readonly description: string };

export function isAdministrator(user: Pick<User, 'active' | 'roles'>): boolean {
  return user.active && user.roles.includes(ADMIN_ROLE);
}
