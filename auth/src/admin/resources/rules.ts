import type { ActionContext, ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import type { Rule } from '../../access/rules.ts';
import { changeInWords, ruleText, ruleValue } from '../../permissions/ruleDocument.ts';
import { PANEL, type StoredRules } from '../../permissions/storedRules.ts';
import { ruleInWords } from '../../permissions/words.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import { inMemory } from './inMemory.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type Table } from './tableResource.ts';

const Form = z.object({ place: z.string().default(''), rule: z.string().default(''), seen: z.string().default('') });

/** `inForce`: all rules, those of files too. */
export type RulesOfPanel = {
  readonly stored: StoredRules;
  readonly inForce: () => readonly Rule[];
  /** Waits until what was changed is in force. */
  readonly changed: () => Promise<void>;
};

export function rulesResource(rules: RulesOfPanel, record: AuditedChange): ResourceWithOptions {
  // Without a row it is asked whether there is such an action at all.
  const ofPanel = ({ record: row }: Partial<ActionContext> = {}): boolean =>
    row === undefined || row.params['source'] === PANEL;
  return {
    resource: new TableResource(rulesTable(rules, record)),
    options: {
      titleProperty: 'place',
      navigation: { icon: 'Lock' },
      sort: { sortBy: 'place', direction: 'asc' },
      actions: {
        ...switchedOff.everywhere,
        show: switchedOff.off,
        edit: { isAccessible: ofPanel },
        delete: { isAccessible: ofPanel, guard: 'confirmDelete' },
      },
      listProperties: ['place', 'who', 'source'],
      editProperties: ['place', 'rule'],
      filterProperties: ['place', 'who', 'source'],
      properties: {
        place: { isRequired: true, description: 'placeHint', custom: { fixed: true } },
        rule: { isRequired: true, description: 'ruleHint', props: { rows: 8 } },
      },
    },
  };
}

function rulesTable({ stored, inForce, changed }: RulesOfPanel, record: AuditedChange): Table {
  const rows = async () => {
    const { folders } = await stored.document();
    return inForce().map((rule) => rowOf(rule, folders));
  };
  const write = async (place: string, rule: string | undefined, seen: string | undefined, context: ActionContext) => {
    const change = { place, before: await stored.of(place), after: rule };
    const action = rule === undefined ? 'rule.remove' : 'rule.change';
    await record({ actions: [action], target: changeInWords(change) }, context, () =>
      stored.set(place, rule, { rule: seen }),
    );
    await changed();
  };
  return {
    name: 'rules',
    fields: [
      { name: 'name' },
      { name: 'place' },
      { name: 'who', type: 'textarea' },
      { name: 'source' },
      { name: 'rule', type: 'textarea' },
      // What the rule was when the form was opened: it comes back with it.
      { name: 'seen' },
    ],
    ...inMemory('name', rows),

    async add(input, context) {
      const { place, rule } = readForm(Form, input);
      await write(place, valueOf(rule), undefined, context);
      return { name: nameOf(place), place, rule };
    },

    async change(name, input, context) {
      const before = (await rows()).find((row) => row.name === name);
      if (!before) throw refusal('place', 'There is no such rule any more.');
      if (before.source !== PANEL) throw refusal('rule', `This rule stands in ${before.source}: change it there.`);
      const { place, rule, seen } = readForm(Form, { ...before, ...input });
      if (place !== before.place)
        throw refusal('place', 'A rule keeps its place. Add another one and remove this one.');
      await write(place, valueOf(rule), seen, context);
      return { ...before, rule };
    },

    async remove(name, context) {
      const before = (await rows()).find((row) => row.name === name);
      if (before?.source !== PANEL) throw refusal('place', 'This rule is not there, or stands in a file.');
      await write(before.place, undefined, before.seen, context);
    },
  };
}

type RuleRow = { name: string; place: string; who: string; source: string; rule: string; seen: string };

function rowOf(rule: Rule, folders: Readonly<Record<string, string>>): RuleRow {
  const place = rule.where.join('/') || '.';
  const [source = ''] = rule.name.split(': ');
  const kept = source === PANEL && Object.hasOwn(folders, place) ? folders[place] : undefined;
  const who = ruleInWords(rule).join('; ');
  return { name: rule.name, place, who, source, rule: kept === undefined ? '' : ruleText(kept), seen: kept ?? '' };
}

function nameOf(place: string): string {
  return `${PANEL}: ${place}`;
}

function valueOf(text: string): string {
  const value = ruleValue(text);
  if (!value.ok) throw refusal('rule', value.message);
  return value.value;
}
