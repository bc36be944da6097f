import type { Decision, Explanation } from '../access/decide.ts';
import { WHOLE, type Grant, type Rule, type Who } from '../access/rules.ts';
import type { Scope } from '../access/scope.ts';
import { momentIn, writeMoment } from '../shared/dates.ts';
import { english, type RuleTexts } from './texts/english.ts';
import { german } from './texts/german.ts';

/** How it is said. */
export type Speech = {
  readonly texts: RuleTexts;
  /** Milliseconds since 1970. */
  readonly moment: (moment: number) => string;
};

/** As on the command line: in English, times in the zone of the server. */
const ENGLISH: Speech = { texts: english, moment: writeMoment };

/** For a reader. `language`: `de`, or any other for English. `zone`: of the reader (`Europe/Berlin`), which is named beside that of the server where it is another. */
export function speechFor(language: string, zone: string): Speech {
  return {
    texts: language === 'de' ? german : english,
    moment: (moment) => {
      const [written, own] = [writeMoment(moment), momentIn(zone, moment)];
      return own === undefined || own === written ? written : `${written} (${own} ${zone})`;
    },
  };
}

/** What a grant gives: `everyone who has the role staff sees all, until 2027-07-01T00:00+02:00`. */
function grantInWords({ who, pixels, from, until }: Grant, speech: Speech): string {
  const { texts, moment } = speech;
  const times = [
    from === -Infinity ? '' : texts.from(moment(from)),
    until === Infinity ? '' : texts.until(moment(until)),
  ].filter((part) => part !== '');
  const isOne = !who.users && who.names.length === 1;
  return [texts.sees(whoInWords(who, texts), sightInWords(pixels, texts), isOne), ...times].join(', ');
}

/** Each grant in words; nobody where there is none. */
export function ruleInWords({ grants }: Rule, speech = ENGLISH): readonly string[] {
  return grants.length === 0 ? [speech.texts.nobody] : grants.map((grant) => grantInWords(grant, speech));
}

function whoInWords(who: Who, texts: RuleTexts): string {
  const { users, names, roles, networks, gesture } = who;
  const people = [users ? texts.users : '', names.join(texts.or)].filter((part) => part !== '');
  const conditions = [
    roles.length > 0 ? texts.withRole(roles.join(texts.or)) : '',
    networks.length > 0 ? texts.at(networks.join(texts.or)) : '',
    gesture === 'agreement' ? texts.agreed : '',
    gesture === 'kiosk' ? texts.atKiosk : '',
  ].filter((part) => part !== '');
  return [people.join(texts.namely) || texts.everyone, conditions.join(texts.and)]
    .filter((part) => part !== '')
    .join(' ');
}

/** What was decided. */
export function decisionInWords(decision: Decision, { texts, moment } = ENGLISH): string {
  const smaller = 'tier' in decision && decision.tier !== undefined ? `; ${texts.meanwhile(decision.tier)}` : '';
  switch (decision.kind) {
    case 'allowed':
      return [texts.allowed, ...(decision.until === undefined ? [] : [texts.until(moment(decision.until))])].join(', ');
    case 'locked':
      return `${texts.locked(decision.pattern)}${smaller}`;
    case 'forbidden':
      return `${texts.forbidden}${smaller}`;
  }
}

/** What was looked at, and what it lacks; `failed` is empty where it is met. */
type ExplainedGrant = { readonly words: string; readonly failed: string };
type ExplainedRule = {
  readonly name: string;
  readonly decides: boolean;
  /** Parts of the path. */
  readonly where: readonly string[];
  /** None where nobody sees anything. */
  readonly grants: readonly ExplainedGrant[];
};
export type Explained = { readonly beside: readonly ExplainedGrant[]; readonly rules: readonly ExplainedRule[] };

/** Which rules were looked at, and what was missing for each of their grants; and of what opens beside the rules. */
export function explained({ scopes, steps }: Explanation, speech = ENGLISH): Explained {
  const { texts } = speech;
  const lacking = (failed: readonly string[]): string => failed.map((one) => nameIn(texts, one)).join(', ');
  return {
    beside: scopes.map(({ scope, failed }) => ({ words: scopeInWords(scope, speech), failed: lacking(failed) })),
    rules: steps.map(({ rule, decides, grants }) => ({
      name: nameIn(texts, rule.name),
      decides,
      where: rule.where,
      grants: grants.map(({ grant, failed }) => ({ words: grantInWords(grant, speech), failed: lacking(failed) })),
    })),
  };
}

/** The same, line by line. */
export function explanationInWords(explanation: Explanation, speech = ENGLISH): readonly string[] {
  const { texts } = speech;
  const line = ({ words, failed }: ExplainedGrant): string =>
    `${words}: ${failed === '' ? texts.met : texts.missing(failed)}`;
  const { beside, rules } = explained(explanation, speech);
  const ofRules = rules.flatMap(({ name, decides, grants }) => [
    `${name} ${decides ? texts.decides : texts.overruled}`,
    ...(grants.length === 0 ? [`  ${texts.nobody}`] : grants.map((grant) => `  ${line(grant)}`)),
  ]);
  return [...beside.map(line), ...ofRules];
}

/** Who asks for what, and when. `user`: an e-mail address; `address`: IP, may be empty; `at`: milliseconds since 1970. */
export function questionInWords(
  asked: {
    readonly path: readonly string[];
    readonly user: string | undefined;
    /** Names of keys and share links. */
    readonly scopes: readonly string[];
    readonly address: string;
    readonly at: number;
  },
  { texts, moment } = ENGLISH,
): string {
  const { path, user, scopes, address, at } = asked;
  const whose = scopes.map((scope) => texts.withScope(texts.scope(scope))).join('');
  const from = address === '' ? '' : texts.fromAddress(address);
  return `${path.join('/') || '.'}, ${user ?? texts.anonymous}${whose}${from}, ${moment(at)}`;
}

/** What the rules do not say of what was asked for. `missingTier`: pixels of one that no rule names. */
export function remarksInWords(
  { isOpenManifest, missingTier }: { readonly isOpenManifest: boolean; readonly missingTier: number | undefined },
  { texts } = ENGLISH,
): readonly string[] {
  return [
    ...(isOpenManifest ? [texts.openManifest] : []),
    ...(missingTier === undefined ? [] : [texts.noSuchTier(missingTier)]),
  ];
}

/** What a key or a share link opens: `the key "harvester" sees a picture of 600 pixels of maps, estate/letters, until 2027-07-01T00:00+02:00`. */
export function scopeInWords({ name, folders, pixels, until }: Scope, { texts, moment } = ENGLISH): string {
  const places = folders.map((folder) => folder.join('/') || '.').join(', ');
  const sees = texts.sees(texts.scope(name), texts.of(sightInWords(pixels, texts), places), true);
  return until === Infinity ? sees : `${sees}, ${texts.until(moment(until))}`;
}

function sightInWords(pixels: number, texts: RuleTexts): string {
  return pixels === WHOLE ? texts.all : texts.smaller(pixels);
}

/** The same, as it is written: `full`, or a number. */
export function writtenSight(pixels: number): number | 'full' {
  return pixels === WHOLE ? 'full' : pixels;
}

function nameIn({ names }: RuleTexts, name: string): string {
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}
