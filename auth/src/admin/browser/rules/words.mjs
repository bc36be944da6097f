import { language } from '../globals.mjs';
import { isDay } from './draft.mjs';
import { conditionsOf, grantsOf, listed } from './written.mjs';

/** @import { Translate } from '../../window.d.mts' */
/** @import { Grant } from './written.mjs' */

/**
 * What a rule says, in the reader's language: a sentence for each grant.
 * @param {Translate} tm
 * @param {unknown} rule
 * @returns {string[]} none where it is no rule yet
 */
export function sentencesOf(tm, rule) {
  const grants = grantsOf(rule);
  if (!grants) return [];
  return grants.length === 0 ? [tm('nobodySees', 'rules')] : grants.map((grant) => sentenceOf(tm, grant));
}

/** @param {Translate} tm @param {Grant} grant */
function sentenceOf(tm, { who, sees, from, until }) {
  const { users, roles, networks, gesture } = conditionsOf(who);
  const people = listed(users);
  const condition = (/** @type {string} */ key, /** @type {string[]} */ names = []) =>
    tm(key, 'rules', { names: disjunction(names) });
  const conditions = [
    ...(people.includes('any') ? [condition('isUser')] : []),
    ...(people.length > 0 && !people.includes('any') ? [condition('isNamed', people)] : []),
    ...(listed(roles).length > 0 ? [condition('hasRole', listed(roles))] : []),
    ...(listed(networks).length > 0 ? [condition('isAt', listed(networks))] : []),
    ...(gesture === 'agreement' ? [condition('hasAgreed')] : []),
    ...(gesture === 'kiosk' ? [condition('isAtKiosk')] : []),
  ];
  const sight = sees === undefined || sees === 'full' ? tm('all', 'rules') : tm('smaller', 'rules', { pixels: sees });
  const options = { sight, conditions: conjunction(conditions) };
  const times = [
    from === undefined ? '' : tm('sinceWhen', 'rules', { moment: momentInWords(from) }),
    until === undefined ? '' : tm('untilWhen', 'rules', { moment: momentInWords(until) }),
  ];
  return `${tm(conditions.length === 0 ? 'everyoneSees' : 'whoSees', 'rules', options)}${times.join('')}.`;
}

/** @param {string[]} names */
function disjunction(names) {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
}

/** @param {string[]} parts */
function conjunction(parts) {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
}

/** A day is one of the server's, a moment is told in the reader's zone, which is named. @param {string} written */
function momentInWords(written) {
  const day = /** @type {const} */ ({ year: 'numeric', month: 'long', day: 'numeric' });
  const locale = language === 'en' ? 'en-GB' : language;
  if (isDay(written)) return new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }).format(new Date(written));
  const moment = new Date(written);
  if (Number.isNaN(moment.getTime())) return written;
  const clock = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
  return new Intl.DateTimeFormat(locale, { ...day, ...clock }).format(moment);
}
