import { Refused } from './errors.ts';
import { always, type Membership } from './membership.ts';
import { ADMIN_ROLE, type Role } from './user.ts';

/** A role by its name alone has no end. */
export type RoleWish = string | Membership;

const EMAIL = /^[^\s\p{Cc}@<>",;:()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/u;
const ROLE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u;
const NAME_LENGTH = 200;
const CONTROL = /\p{Cc}/u;

/**
 * The one spelling in which an address is kept, looked up and counted: lower case, and composed (NFC), because one é can
 * be typed in two ways and macOS gives the other one.
 */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase().normalize('NFC');
}

/** Whether an account may have this address, in any spelling of it. */
export function isEmail(text: string): boolean {
  return EMAIL.test(normaliseEmail(text));
}

/** @throws Refused */
export function checkedEmail(email: string): string {
  const normal = normaliseEmail(email);
  if (!isEmail(normal)) throw new Refused('email', 'This is not an e-mail address.');
  return normal;
}

/** @throws Refused */
export function checkedName(name: string): string {
  const composed = name.normalize('NFC').trim();
  if (CONTROL.test(name)) throw new Refused('name', 'Control characters cannot be kept.');
  if (composed.length > NAME_LENGTH) throw new Refused('name', `At most ${NAME_LENGTH} characters.`);
  return composed;
}

/** @throws Refused */
export function checkedRoleName(name: string): string {
  const composed = name.normalize('NFC');
  if (!ROLE_NAME.test(composed)) {
    throw new Refused('name', 'A role’s name is letters, digits, spaces, dots and hyphens.');
  }
  return composed;
}

function checkTimes({ role, from, until }: Membership): void {
  if (role === ADMIN_ROLE && (from ?? until)) {
    throw new Refused(
      'roles',
      `The role "${ADMIN_ROLE}" has no beginning and no end: nobody may be left to use the panel.`,
    );
  }
  if (from && until && until <= from) throw new Refused('roles', `The role "${role}" would end before it begins.`);
}

/**
 * The memberships that are wished for, sorted by role.
 * @param known all roles that there are
 * @throws Refused where there is no such role, or its times cannot be
 */
export function checkedRoles(wishes: readonly RoleWish[], known: readonly Role[]): readonly Membership[] {
  const names = new Set(known.map(({ name }) => name));
  const byRole = new Map<string, Membership>();
  for (const wish of wishes) {
    const wanted = typeof wish === 'string' ? always(wish) : wish;
    const membership = { ...wanted, role: wanted.role.normalize('NFC') };
    const { role } = membership;
    if (!names.has(role)) throw new Refused('roles', `There is no role "${role}".`);
    checkTimes(membership);
    const other = byRole.get(role);
    if (other && !sameMemberships([other], [membership])) {
      throw new Refused('roles', `The role "${role}" is there twice, with different times.`);
    }
    byRole.set(role, membership);
  }
  return [...byRole.values()].sort((a, b) => (a.role < b.role ? -1 : 1));
}

/** To the millisecond. */
export function sameMemberships(some: readonly Membership[], others: readonly Membership[]): boolean {
  return written(some) === written(others);
}

function written(memberships: readonly Membership[]): string {
  return JSON.stringify(memberships.map(({ role, from, until }) => [role, from, until]));
}
