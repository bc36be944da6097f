import type { Decision, Explanation } from '../access/decide.ts';
import { WHOLE, type Grant, type Rule, type Who } from '../access/rules.ts';
import type { Scope } from '../access/scope.ts';
import { writeMoment } from '../shared/dates.ts';

/** What a grant gives: `everyone who has the role staff sees all, until 2027-07-01T00:00+02:00`. */
function grantInWords({ who, pixels, from, until }: Grant): string {
  const times = [
    from === -Infinity ? '' : `from ${writeMoment(from)}`,
    until === Infinity ? '' : `until ${writeMoment(until)}`,
  ].filter((part) => part !== '');
  return [`${whoInWords(who)} sees ${sightInWords(pixels)}`, ...times].join(', ');
}

/** Each grant in words; nobody where there is none. */
export function ruleInWords({ grants }: Rule): readonly string[] {
  return grants.length === 0 ? ['nobody sees anything'] : grants.map(grantInWords);
}

function whoInWords({ users, names, roles, networks, gesture }: Who): string {
  const people = [users ? 'every user' : '', names.length > 0 ? names.join(' or ') : ''].filter((part) => part !== '');
  const conditions = [
    roles.length > 0 ? `who has the role ${roles.join(' or ')}` : '',
    networks.length > 0 ? `who is at ${networks.join(' or ')}` : '',
    gesture === 'agreement' ? 'who agreed to the terms' : '',
    gesture === 'kiosk' ? 'who opened the page of the kiosk' : '',
  ].filter((part) => part !== '');
  return [people.join(', namely ') || 'everyone', conditions.join(' and ')].filter((part) => part !== '').join(' ');
}

/** What was decided. */
export function decisionInWords(decision: Decision): string {
  const smaller =
    'tier' in decision && decision.tier !== undefined ? `; a picture of ${decision.tier} pixels is shown` : '';
  switch (decision.kind) {
    case 'allowed':
      return decision.until === undefined ? 'allowed' : `allowed, until ${writeMoment(decision.until)}`;
    case 'locked':
      return `not allowed yet: ${WAYS[decision.pattern]}${smaller}`;
    case 'forbidden':
      return `not allowed${smaller}`;
  }
}

const WAYS = {
  login: 'log in',
  clickthrough: 'agree to the terms',
  kiosk: 'open the page of the kiosk, at its place',
  external: 'be at the place',
} as const;

/** Which rules were looked at, and what was missing for each of their grants. */
export function explanationInWords({ scopes, steps }: Explanation): readonly string[] {
  const ofScopes = scopes.map(({ scope, failed }) => `${scopeInWords(scope)}: ${missing(failed)}`);
  const ofRules = steps.flatMap(({ rule, decides, grants }) => [
    `${rule.name} ${decides ? '(decides)' : '(would, if it were the closest)'}`,
    ...(grants.length === 0 ? ['  nobody sees anything'] : []),
    ...grants.map(({ grant, failed }) => {
      return `  ${grantInWords(grant)}: ${missing(failed)}`;
    }),
  ]);
  return [...ofScopes, ...ofRules];
}

/** What a key or a share link opens: `the key "harvester" sees a picture of 600 pixels of maps, estate/letters, until 2027-07-01T00:00+02:00`. */
export function scopeInWords({ name, folders, pixels, until }: Scope): string {
  const places = folders.map((folder) => folder.join('/') || '.').join(', ');
  return `${name} sees ${sightInWords(pixels)} of ${places}${until === Infinity ? '' : `, until ${writeMoment(until)}`}`;
}

function sightInWords(pixels: number): string {
  return pixels === WHOLE ? 'all' : `a picture of ${pixels} pixels`;
}

/** The same, as it is written: `full`, or a number. */
export function writtenSight(pixels: number): number | 'full' {
  return pixels === WHOLE ? 'full' : pixels;
}

function missing(failed: readonly string[]): string {
  return failed.length === 0 ? 'met' : `missing: ${failed.join(', ')}`;
}
