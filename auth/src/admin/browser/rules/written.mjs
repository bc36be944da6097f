// A rule in the form in which it is written (docs/access-rules.md), which is all that the server sends and takes.

/**
 * @typedef {string | string[]} Names
 * @typedef {{users?: Names, roles?: Names, networks?: Names, gesture?: string}} Conditions
 * @typedef {{who: string | Conditions, sees?: string | number, from?: string, until?: string}} Grant
 * @typedef {{source: 'panel' | 'file' | 'demo' | 'default', name: string, place: string, rule: unknown}} ShownRule
 * @typedef {object} PlaceRules
 * @property {string} place
 * @property {'folder' | 'image' | 'missing'} kind
 * @property {string} [leadsTo]
 * @property {ShownRule} holds
 * @property {ShownRule} otherwise
 * @property {string} seen
 * @property {string} text
 */

/** @type {Record<string, Grant[]>} */
const IN_ONE_WORD = { everyone: [{ who: 'everyone' }], users: [{ who: 'users' }], nobody: [] };

/** @param {unknown} rule @returns {Grant[] | undefined} nothing where it is no rule */
export function grantsOf(rule) {
  const grants = partsOf(rule)['grants'];
  if (typeof grants === 'string') return IN_ONE_WORD[grants];
  return Array.isArray(grants) && grants.every(isGrant) ? grants : undefined;
}

/** @param {unknown} rule @returns {Record<string, unknown>} what it says beside its grants */
export function othersOf(rule) {
  const { grants: _, ...others } = partsOf(rule);
  return others;
}

/**
 * @param {Grant[]} grants
 * @param {Record<string, unknown>} others
 * @returns {unknown} the rule, as short as it can be written
 */
export function writeRule(grants, others) {
  if (Object.keys(others).length > 0) return { grants, ...others };
  if (grants.length === 0) return 'nobody';
  const [{ who, ...more }] = grants;
  return grants.length === 1 && typeof who === 'string' && Object.keys(more).length === 0 ? who : grants;
}

/** @param {Names | undefined} names @returns {string[]} one is a list of one */
export function listed(names) {
  return names === undefined ? [] : [names].flat().map(String);
}

/** @param {string | Conditions} who @returns {Conditions} */
export function conditionsOf(who) {
  if (typeof who !== 'string') return who;
  return who === 'users' ? { users: 'any' } : {};
}

/** @param {unknown} rule @returns {Record<string, unknown>} */
function partsOf(rule) {
  if (typeof rule === 'object' && rule !== null && !Array.isArray(rule)) return { ...rule };
  return { grants: rule };
}

/** @param {unknown} value */
function isGrant(value) {
  return typeof value === 'object' && value !== null && 'who' in value && value.who !== null;
}
