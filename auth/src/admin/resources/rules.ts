import type { ResourceWithOptions } from 'adminjs';
import type { Rule } from '../../access/rules.ts';
import { ruleInWords } from '../../permissions/words.ts';
import type { AuditedChange } from '../changes.ts';
import type { Row } from '../filterAndPage.ts';
import { placeOf } from '../rules/placeRules.ts';
import { ruleActions, type RulesOfPanel } from '../rules/ruleActions.ts';
import { inMemory } from './inMemory.ts';
import { movedRule } from './movedRule.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource } from './tableResource.ts';

/** A list of all rules, those of files too; what the editor asks are actions of its own. */
export function rulesResource(rules: RulesOfPanel, record: AuditedChange): ResourceWithOptions {
  return {
    resource: new TableResource({
      name: 'rules',
      fields: [
        { name: 'name' },
        { name: 'place' },
        { name: 'who', type: 'textarea' },
        { name: 'source' },
        // What the editor sends.
        { name: 'rule', type: 'textarea' },
        { name: 'seen' },
        // Where its rule goes, of a folder that has another name.
        { name: 'to' },
        { name: 'entry' },
        ...['user', 'from', 'when', 'agreed', 'kiosk'].map((name) => ({ name })),
      ],
      ...inMemory('name', () => Promise.resolve(rules.inForce().rules.map(rowOf))),
    }),
    options: {
      titleProperty: 'place',
      navigation: { icon: 'Lock' },
      sort: { sortBy: 'place', direction: 'asc' },
      actions: {
        ...switchedOff.everywhere,
        ...switchedOff.readOnly,
        show: switchedOff.off,
        ...ruleActions(rules, record),
        move: movedRule(rules, record),
      },
      listProperties: ['place', 'who', 'source'],
      filterProperties: ['place', 'who', 'source'],
      properties: { place: { custom: { opens: 'place' } } },
    },
  };
}

function rowOf(rule: Rule): Row {
  const [source = ''] = rule.name.split(': ');
  return { name: rule.name, place: placeOf(rule.where), who: ruleInWords(rule).join('; '), source };
}
