import { ValidationError, type Action, type ActionContext, type ActionResponse } from 'adminjs';
import { z } from 'zod';
import { Refused } from '../../identity/errors.ts';
import type { Users } from '../../identity/users.ts';
import { changeInWords, ruleText, ruleValue } from '../../permissions/ruleDocument.ts';
import { meantPlace } from '../../permissions/meantPlace.ts';
import { isPlace, WRONG_PATH } from '../../permissions/schema.ts';
import type { StoredRules } from '../../permissions/storedRules.ts';
import type { AuditTrail } from '../../observability/audit.ts';
import type { Clock } from '../../shared/clock.ts';
import type { AuditedChange } from '../changes.ts';
import { folderInTree } from './folderInTree.ts';
import { previewOf } from './preview.ts';
import { rulesAt, type RulesInView } from './placeRules.ts';
import { weighed } from './weigh.ts';

export type RulesOfPanel = RulesInView & {
  readonly stored: StoredRules;
  readonly users: Pick<Users, 'findByEmail' | 'listRoles'>;
  readonly now: Clock;
  readonly audit: Pick<AuditTrail, 'find'>;
  /** Waits until what was changed is in force. */
  readonly changed: () => Promise<void>;
};

const text = z.string().default('');
const ticked = text.transform((value) => value === 'true');
const Form = z.object({
  place: text,
  rule: text,
  seen: text,
  entry: text,
  user: text,
  from: text,
  when: text,
  agreed: ticked,
  kiosk: ticked,
});
type Form = z.infer<typeof Form>;
/** The number of an entry of the audit trail. */
const ENTRY = /^\d{1,9}$/;

type Answer = (form: Form, context: ActionContext) => Promise<object>;

/** What the editor asks, and what it has done. */
export function ruleActions(
  rules: RulesOfPanel,
  record: AuditedChange,
): Record<string, Partial<Action<ActionResponse>>> {
  const { audit, changed, now, stored, users } = rules;
  const roles = async () => (await users.listRoles()).map(({ name }) => name);
  return {
    folder: asked(async ({ place }) => ({ folder: await folderInTree(place, rules) })),

    look: asked(async ({ place }) => {
      return { at: await rulesAt(place, rules), roles: await roles(), networks: await stored.networks() };
    }),

    // The same in both forms in which it can be written, be it a rule or not yet.
    read: asked(({ rule }) => {
      const value = valueOf(rule);
      return Promise.resolve({ value: JSON.parse(value) as unknown, text: ruleText(value) });
    }),

    // What an entry of the audit trail tells, so that it can be taken back.
    former: asked(async ({ place, entry }) => {
      const event = ENTRY.test(entry) ? await audit.find(Number(entry)) : undefined;
      if (event?.change?.place !== place)
        return refused('entry', 'This entry of the audit trail is not there any more.');
      const { at, actor, change } = event;
      return { former: { at, actor, before: change.before ?? '', after: change.after ?? '' } };
    }),

    preview: asked(async ({ place, user, from, when, agreed, kiosk }, { currentAdmin }) => {
      const curator = { user: currentAdmin?.email ?? '', address: String(currentAdmin?.['address'] ?? '') };
      const question = { user: user.trim(), from: from.trim(), at: when.trim(), agreed, kiosk };
      const { inForce, catalogue } = rules;
      const parts = { rules: inForce(), catalogue, users };
      return { images: await previewOf(place, question, curator, parts, now().getTime()) };
    }),

    weigh: asked(async ({ place, rule }) => {
      const tried = await stored.tried(place, rule === '' ? undefined : valueOf(rule));
      const { networks } = await stored.document();
      return { weighed: await weighed(place, tried, { ...rules, networks }, now().getTime()) };
    }),

    keep: asked(async ({ place, rule, seen }, context) => {
      const { holds } = await rulesAt(place, rules);
      if (holds.place === place && holds.source === 'file')
        return refused('rule', `This rule stands in ${holds.name.split(': ')[0] ?? ''}: change it there.`);
      const after = rule === '' ? undefined : valueOf(rule);
      const change = { place, before: await stored.of(place), after };
      const action = after === undefined ? 'rule.remove' : 'rule.change';
      try {
        await record({ actions: [action], target: changeInWords(change), change }, context, () =>
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
      if (!isPlace(form.place)) return refused('place', `This ${WRONG_PATH}${meantPlace(form.place)}.`);
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
