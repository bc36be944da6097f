import { Icon, Link, element, listAddress, useTranslation } from './globals.mjs';

/** @import { ReactNode } from 'react' */

/** @typedef {{words: string, failed: string}} Grant `failed`: what is missing, in words; empty where it is met */
/** @typedef {{name: string, decides: boolean, place: string, source: 'file' | 'panel' | 'none', file?: string, grants: Grant[]}} Rule */
/**
 * @typedef {object} Answer
 * @property {string} asked
 * @property {boolean} allowed
 * @property {string} decision
 * @property {string[]} remarks
 * @property {Grant[]} beside what opens beside the rules
 * @property {Rule[]} rules the closest first
 * @property {string} place
 */

/** @param {{answer: Answer}} props @returns {ReactNode} */
export function WhyAnswer({ answer }) {
  const { tm } = useTranslation();
  const { asked, allowed, decision, remarks, beside, rules, place } = answer;
  return element(
    'section',
    { className: 'card', 'aria-label': tm('answer', 'why') },
    element('p', { className: 'hint' }, asked),
    element('p', { className: allowed ? 'decision right' : 'decision wrong' }, decision),
    remarks.map((remark) => element('p', { key: remark, className: 'hint' }, remark)),
    element('h2', null, tm('looked', 'why')),
    element(
      'ol',
      { className: 'looked' },
      beside.length > 0 &&
        element('li', { key: 'beside' }, element('h3', null, tm('beside', 'why')), element(Grants, { grants: beside })),
      rules.map((rule, index) => element(Looked, { key: index, rule, place })),
    ),
  );
}

/** @param {{rule: Rule, place: string}} props @returns {ReactNode} */
function Looked({ rule, place }) {
  const { tm } = useTranslation();
  const { name, decides, grants, source, file = '' } = rule;
  return element(
    'li',
    { className: decides ? 'decides' : undefined },
    element('h3', null, name),
    element('p', { className: 'hint' }, tm(decides ? 'decides' : 'overruled', 'why')),
    grants.length === 0 ? element('p', null, tm('nobody', 'why')) : element(Grants, { grants }),
    element(
      'p',
      { className: 'hint' },
      source === 'file' && tm('inFile', 'why', { file }),
      source === 'none' && tm('inNoPlace', 'why'),
      decides && source !== 'file' && ' ',
      decides &&
        source !== 'file' &&
        element(
          Link,
          { to: rulesAddress(source === 'panel' ? rule.place : place) },
          source === 'panel' ? tm('edit', 'why') : tm('add', 'why', { place }),
        ),
    ),
  );
}

/** @param {{grants: Grant[]}} props @returns {ReactNode} */
function Grants({ grants }) {
  const { tm } = useTranslation();
  return element(
    'ul',
    null,
    grants.map(({ words, failed }, index) =>
      element(
        'li',
        { key: index, className: failed === '' ? 'right' : 'wrong' },
        element(Icon, { name: failed === '' ? 'Check' : 'X' }),
        element('span', null, `${words}: ${failed === '' ? tm('met', 'why') : tm('missing', 'why', { what: failed })}`),
      ),
    ),
  );
}

/** @param {string} place @returns {string} the address where the rules of a folder or an image are changed */
function rulesAddress(place) {
  return `${listAddress('rules')}?${new URLSearchParams({ place }).toString()}`;
}
