import { randomUUID } from 'node:crypto';
import { always } from '../../src/identity/membership.ts';
import type { User, UserWithHash } from '../../src/identity/user.ts';
import { hashSecret, newSecret } from '../../src/sessions/secrets.ts';
import type { Session, SessionHashes } from '../../src/sessions/session.ts';

/** A user as the repository keeps one; of no role, unless `changes` says so, and then without an end. */
export function person(name: string, changes: Partial<UserWithHash> = {}): UserWithHash {
  return {
    id: randomUUID(),
    email: `${name.toLowerCase()}@example.org`,
    name,
    active: true,
    roles: [],
    memberships: (changes.roles ?? []).map(always),
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
    lastLoginAt: undefined,
    passwordHash: `hash of ${name}`,
    ...changes,
  };
}

/** The same user with these roles, without an end, and no others. */
export function withRoles<U extends User>(user: U, roles: readonly string[]): U {
  return { ...user, roles, memberships: roles.map(always) };
}

/** A session as the repository keeps one, of an hour's life from `createdAt` on. */
export function login(user: { readonly id: string }, createdAt = new Date()): Session & SessionHashes {
  return {
    id: randomUUID(),
    userId: user.id,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 3_600_000),
    address: '192.0.2.7',
    userAgent: 'Reading room',
    accessHash: hashSecret(newSecret()),
    accountHash: hashSecret(newSecret()),
  };
}
