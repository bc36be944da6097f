import type { Pattern } from '../../access/rules.ts';

const WAYS: Readonly<Record<Pattern, string>> = {
  login: 'log in',
  clickthrough: 'agree to the terms',
  kiosk: 'open the page of the kiosk, at its place',
  external: 'be at the place',
};

/** The words of rules, decisions and explanations; auth/src/permissions/texts/german.ts has the same. */
export const english = {
  or: ' or ',
  and: ' and ',
  everyone: 'everyone',
  users: 'every user',
  namely: ', namely ',
  withRole: (roles: string) => `who has the role ${roles}`,
  at: (networks: string) => `who is at ${networks}`,
  agreed: 'who agreed to the terms',
  atKiosk: 'who opened the page of the kiosk',
  nobody: 'nobody sees anything',
  /** `isOne`: not a number of people. */
  sees: (who: string, sight: string, _isOne: boolean) => `${who} sees ${sight}`,
  all: 'all',
  smaller: (pixels: number) => `a picture of ${pixels} pixels`,
  of: (sight: string, places: string) => `${sight} of ${places}`,
  from: (moment: string) => `from ${moment}`,
  until: (moment: string) => `until ${moment}`,
  /** Of a key or a share link, which is named in English elsewhere. */
  scope: (name: string) => name,
  allowed: 'allowed',
  locked: (pattern: Pattern) => `not allowed yet: ${WAYS[pattern]}`,
  forbidden: 'not allowed',
  meanwhile: (pixels: number) => `a picture of ${pixels} pixels is shown`,
  decides: '(decides)',
  overruled: '(would, if it were the closest)',
  met: 'met',
  missing: (criteria: string) => `missing: ${criteria}`,
  anonymous: 'anonymous',
  withScope: (scope: string) => ` with ${scope}`,
  fromAddress: (address: string) => ` at ${address}`,
  openManifest: 'Its manifest is for everybody: names and sizes, not the pictures.',
  noSuchTier: (pixels: number) => `No rule names a picture of ${pixels} pixels here: its address is 404.`,
  /** What is named in English elsewhere: criteria, and rules that stand nowhere. */
  names: {} as Readonly<Record<string, string>>,
};

export type RuleTexts = typeof english;
