import { ValidationError, type Action, type ActionContext, type ActionResponse } from 'adminjs';
import { z } from 'zod';
import { Refused } from '../../identity/errors.ts';
import { changeInWords, ruleText, ruleValue } from '../../permissions/ruleDocument.ts';
import { isPlace, WRONG_PATH } from '../../permissions/schema.ts';
import type { StoredRules } from '../../permissions/storedRules.ts';
import type { AuditedChange } from '../changes.ts';
import { folderInTree } from './folderInTree.ts';
import { rulesAt, type RulesInView } from './placeRules.ts';

export type RulesOfPanel = RulesInView & {
  readonly stored: StoredRules;
  /** Names of the roles that there are. */
  readonly roles: () => Promise<readonly string[]>;
  /** Waits until what was changed is in force. */
  readonly changed: () => Promise<void>;
};

const text = z.string().default('');
const Form = z.object({ place: text, rule: text, seen: text });
type Form = z.infer<typeof Form>;

type Answer = (form: Form, context: ActionContext) => Promise<object>;

/** What the editor asks, and what it has done. */
export function ruleActions(
  rules: RulesOfPanel,
  record: AuditedChange,
): Record<string, Partial<Action<ActionResponse>>> {
  const { stored, changed } = rules;
  return {
    folder: asked(async ({ place }) => ({ folder: await folderInTree(place, rules) })),

    look: asked(async ({ place }) => {
      return { at: await rulesAt(place, rules), roles: await rules.roles(), networks: await stored.networks() };
    }),

    // The same in both forms in which it can be written, be it a rule or not yet.
    read: asked(({ rule }) => {
      const value = valueOf(rule);
      return Promise.resolve({ value: JSON.parse(value) as unknown, text: ruleText(value) });
    }),

    keep: asked(async ({ place, rule, seen }, context) => {
      const { holds } = await rulesAt(place, rules);
      if (holds.place === place && holds.source === 'file')
        return refused('rule', `This rule stands in ${holds.name.split(': ')[0] ?? ''}: change it there.`);
      const after = rule === '' ? undefined : valueOf(rule);
      const change = { place, before: await stored.of(place), after };
      const action = after === undefined ? 'rule.remove' : 'rule.change';
      try {
        await record({ actions: [action], target: changeInWords(change) }, context, () =>
          stored.set(place, after, { rule: seen === '' ? undefined : seen }),
        );
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        // Somebody else may have been faster: both are shown.
        return { ...refused('rule', error.baseError?.message ?? ''), at: await rulesAt(place, rules) };
      }
      await changed();
      return { at: await rulesAt(place, rules) };
    }),
  };
}

function asked(answer: Answer): Partial<Action<ActionResponse>> {
  return {
    actionType: 'resource',
    component: false,
    isVisible: false,
    async handler({ method, payload }, _response, context) {
      // What only loads an address changes nothing, and is told nothing.
      if (method !== 'post') return {};
      const form = Form.parse(payload ?? {});
      if (!isPlace(form.place)) return refused('place', `This ${WRONG_PATH}.`);
      try {
        return await answer(form, context);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return refused(error.field, error.message);
      }
    },
  };
}

function refused(field: string, message: string): { readonly refused: { field: string; message: string } } {
  return { refused: { field, message } };
}

/** @throws Refused */
function valueOf(rule: string): string {
  const value = ruleValue(rule);
  if (!value.ok) throw new Refused('rule', value.message);
  return value.value;
}
