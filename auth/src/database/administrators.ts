import type { EntityManager } from 'typeorm';
import { LastAdministrator } from '../identity/errors.ts';
import { ADMIN_ROLE } from '../identity/user.ts';

/**
 * Makes a change within the transaction of `manager`.
 * @throws LastAdministrator where it would leave no active administrator, and there was one before
 */
export async function keepingAnAdministrator(manager: EntityManager, change: () => Promise<unknown>): Promise<void> {
  await takeTurns(manager);
  const before = await activeAdministrators(manager);
  await change();
  if (before > 0 && (await activeAdministrators(manager)) === 0) throw new LastAdministrator();
}

/**
 * Two administrators who demote each other at the same moment must not both succeed, nor two who change the rules. Writing
 * to the role's row makes the second wait until the first is done; a lock that every database has.
 */
export async function takeTurns(manager: EntityManager): Promise<void> {
  await manager
    .createQueryBuilder()
    .update('role')
    .set({ description: () => 'description' })
    .where('name = :name', { name: ADMIN_ROLE })
    .execute();
}

function activeAdministrators(manager: EntityManager): Promise<number> {
  return (
    manager
      .createQueryBuilder('user', 'user')
      .innerJoin('user_role', 'member', 'member.userId = user.id AND member.roleName = :role', { role: ADMIN_ROLE })
      .where('user.active = :active', { active: true })
      // One that ends would leave the panel to nobody, without any change.
      .andWhere('member.beginsAt IS NULL AND member.endsAt IS NULL')
      .getCount()
  );
}
