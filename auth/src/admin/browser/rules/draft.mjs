import { conditionsOf, grantsOf, listed, othersOf, writeRule } from './written.mjs';

/** @import { Conditions, Grant, Names } from './written.mjs' */

/** Whom a row can be about. */
export const KINDS = /** @type {const} */ (['everyone', 'users', 'roles', 'names', 'networks', 'agreement', 'kiosk']);

/**
 * @typedef {typeof KINDS[number]} Kind
 * @typedef {object} Row a grant as it is typed; what is not drawn stays in `more` and `moreOfWho`
 * @property {number} key
 * @property {Kind} kind
 * @property {string[]} roles
 * @property {string} names e-mail addresses, as they are typed
 * @property {string[]} networks those that have a name
 * @property {string} addresses IP addresses and networks, as they are typed
 * @property {boolean} somewhere whether it counts in some networks only
 * @property {string} pixels empty for the whole image
 * @property {boolean} smaller
 * @property {string} from
 * @property {string} until
 * @property {object} more
 * @property {object} moreOfWho
 * @typedef {{rows: Row[], others: Record<string, unknown>}} Draft
 * @typedef {'needsRole' | 'needsName' | 'needsNetwork' | 'needsPixels' | 'needsOrder'} Lack
 */

const ADDRESS = /^[0-9a-f.:]+(\/\d+)?$/i;
let keys = 0;

/** @returns {Row} one that is not filled in yet */
export function newRow() {
  return {
    ...{ key: (keys += 1), kind: 'everyone', roles: [], names: '', networks: [], addresses: '', somewhere: false },
    ...{ pixels: '', smaller: false, from: '', until: '', more: {}, moreOfWho: {} },
  };
}

/** @param {unknown} rule @returns {Draft | undefined} nothing where it cannot be drawn as rows */
export function draftOf(rule) {
  const grants = grantsOf(rule);
  return grants && { rows: grants.map(rowOf), others: othersOf(rule) };
}

/** @param {Grant} grant @returns {Row} */
function rowOf({ who, sees, from, until, ...more }) {
  const { users, roles, networks, gesture, ...moreOfWho } = conditionsOf(who);
  const people = listed(users);
  const isAny = people.includes('any');
  const places = listed(networks);
  const kind = kindOf({ users, roles, networks, gesture });
  const smaller = sees !== undefined && sees !== 'full';
  return {
    ...newRow(),
    kind,
    roles: listed(roles),
    names: isAny ? '' : people.join(', '),
    networks: places.filter((place) => !ADDRESS.test(place)),
    addresses: places.filter((place) => ADDRESS.test(place)).join(', '),
    somewhere: places.length > 0,
    pixels: smaller ? String(sees) : '',
    smaller,
    from: from ?? '',
    until: until ?? '',
    more,
    // Who has a role is a user anyway: said twice, it stays said twice.
    moreOfWho: isAny && kind !== 'users' ? { ...moreOfWho, users: 'any' } : moreOfWho,
  };
}

/** @param {Conditions} conditions @returns {Kind} */
function kindOf({ users, roles, networks, gesture }) {
  if (gesture === 'kiosk' || gesture === 'agreement') return gesture;
  if (listed(roles).length > 0) return 'roles';
  if (listed(users).includes('any')) return 'users';
  if (listed(users).length > 0) return 'names';
  return listed(networks).length > 0 ? 'networks' : 'everyone';
}

/** @param {Draft} draft @returns {unknown} the rule */
export function ruleOf({ rows, others }) {
  return writeRule(rows.map(grantOf), others);
}

/** @param {Row} row @returns {Grant} */
function grantOf(row) {
  const { from, until, smaller, pixels, more } = row;
  return {
    who: whoOf(row),
    ...(smaller && { sees: /^\d+$/.test(pixels.trim()) ? Number(pixels) : pixels.trim() }),
    ...(from.trim() !== '' && { from: from.trim() }),
    ...(until.trim() !== '' && { until: until.trim() }),
    ...more,
  };
}

/** @param {Row} row @returns {string | Conditions} */
function whoOf(row) {
  const { kind, moreOfWho } = row;
  const [names, roles, networks] = [namesOf(row), rolesOf(row), networksOf(row)];
  const nothingElse = networks.length === 0 && Object.keys(moreOfWho).length === 0;
  if (nothingElse && (kind === 'everyone' || kind === 'users')) return kind;
  return {
    ...(kind === 'users' && { users: 'any' }),
    ...(names.length > 0 && { users: short(names) }),
    ...(roles.length > 0 && { roles: short(roles) }),
    ...(networks.length > 0 && { networks: short(networks) }),
    ...((kind === 'agreement' || kind === 'kiosk') && { gesture: kind }),
    ...moreOfWho,
  };
}

/** Whether rows of a kind have a field: of two conditions on people both are drawn where a rule has them. @param {Row} row */
export function fieldsOf({ kind, names, roles, somewhere }) {
  const isPlace = kind === 'networks' || kind === 'kiosk';
  return {
    roles: kind === 'roles' || (kind === 'names' && roles.length > 0),
    names: kind === 'names' || (kind === 'roles' && names !== ''),
    networks: isPlace || (kind !== 'everyone' && somewhere),
    mayBeSomewhere: !isPlace && kind !== 'everyone',
  };
}

/** @param {Row} row */
function namesOf(row) {
  return fieldsOf(row).names ? split(row.names) : [];
}

/** @param {Row} row */
function rolesOf(row) {
  return fieldsOf(row).roles ? row.roles : [];
}

/** @param {Row} row */
function networksOf(row) {
  return fieldsOf(row).networks ? [...row.networks, ...split(row.addresses)] : [];
}

/** @param {Row} row @returns {Lack | undefined} what is still to be filled in */
export function lackOf(row) {
  const { kind, smaller, pixels, from, until } = row;
  if (kind === 'roles' && row.roles.length === 0) return 'needsRole';
  if (kind === 'names' && namesOf(row).length === 0) return 'needsName';
  if (fieldsOf(row).networks && networksOf(row).length === 0) return 'needsNetwork';
  if (smaller && !(Number(pixels) >= 16 && Number(pixels) <= 10_000)) return 'needsPixels';
  return isDay(from) && isDay(until) && from >= until ? 'needsOrder' : undefined;
}

/** Whether it is a day without a time, as a field for dates has it. @param {string} text */
export function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** @param {string} text */
function split(text) {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

/** @param {string[]} names @returns {Names} */
function short(names) {
  return names.length === 1 ? names[0] : names;
}
