import { describe, expect, it } from 'vitest';
import { endOfRoles, type Membership, readMembership, rolesAt, writeMembership } from './membership.ts';

const day = (number: number): Date => new Date(Date.UTC(2027, 0, number));
const held = (role: string, from?: Date, until?: Date): Membership => ({ role, from, until });

const memberships = [
  held('admin'),
  held('autumn', day(9)),
  held('both', day(2), day(5)),
  held('spring', undefined, day(4)),
];

describe('the roles of a moment', () => {
  it('begin with their beginning and are over at their end', () => {
    expect(rolesAt(memberships, day(1))).toEqual(['admin', 'spring']);
    expect(rolesAt(memberships, day(2))).toEqual(['admin', 'both', 'spring']);
    expect(rolesAt(memberships, new Date(day(4).getTime() - 1))).toEqual(['admin', 'both', 'spring']);
    expect(rolesAt(memberships, day(4))).toEqual(['admin', 'both']);
    expect(rolesAt(memberships, day(9))).toEqual(['admin', 'autumn']);
  });

  it('end with the first of those that are held', () => {
    const endAt = (at: Date) => endOfRoles({ roles: rolesAt(memberships, at), memberships });
    expect(endAt(day(1))).toEqual(day(4));
    expect(endAt(day(4))).toEqual(day(5));
    expect(endAt(day(6))).toBeUndefined();
  });
});

describe('a membership in words', () => {
  it('is read as it was written', () => {
    for (const one of [...memberships, held('Team Ägypten 2.0')]) {
      expect(readMembership(writeMembership(one))).toEqual(one);
    }
  });

  it.each([
    ['seminar (until 2027-01-04T00:00Z)', held('seminar', undefined, day(4))],
    [' seminar (from 2027-01-02 00:00Z until 2027-01-04T00:00Z)', held('seminar', day(2), day(4))],
  ])('%s', (text, membership) => {
    expect(readMembership(text)).toEqual(membership);
  });

  it.each(['', 'seminar (', 'seminar ()', 'seminar (until summer)', 'seminar (2027-01-04)', '(until 2027-01-04)'])(
    'is not %j',
    (text) => {
      expect(readMembership(text)).toBeUndefined();
    },
  );
});
