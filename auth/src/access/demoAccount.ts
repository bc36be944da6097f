import type { Subject } from './subject.ts';

/** Accounts of a role that count in one folder only; elsewhere they are taken for nobody's. */
export type Confinement = { readonly role: string; readonly folder: string };

/** Of the account whose password everybody knows. */
export const DEMO_ROLE = 'demonstration';
export const DEMO_ACCOUNTS: Confinement = Object.freeze({ role: DEMO_ROLE, folder: 'demo' });

/** Whom the rules see, of somebody who asks for what is at a path. */
export function seenAt(path: readonly string[], subject: Subject, confined: Confinement | undefined): Subject {
  if (subject.kind === 'anonymous' || !confined) return subject;
  if (path[0] === confined.folder || !subject.roles.includes(confined.role)) return subject;
  const { address, forAnotherSite, agreed, atKiosk, scopes } = subject;
  return { kind: 'anonymous', address, forAnotherSite, agreed, atKiosk, scopes };
}
