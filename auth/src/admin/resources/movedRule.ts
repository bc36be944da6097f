import { ValidationError, type Action, type ActionResponse } from 'adminjs';
import { z } from 'zod';
import type { StoredRules } from '../../permissions/storedRules.ts';
import type { AuditedChange } from '../changes.ts';

const Form = z.object({ place: z.string().default(''), to: z.string().default('') });

/** Gives the rules of a folder that is gone to the one that has its images now. */
export function movedRule(
  { stored, changed }: { readonly stored: StoredRules; readonly changed: () => Promise<void> },
  record: AuditedChange,
): Partial<Action<ActionResponse>> {
  return {
    actionType: 'resource',
    component: false,
    isVisible: false,
    async handler({ method, payload }, _response, context) {
      if (method !== 'post') return {};
      const { place, to } = Form.parse(payload ?? {});
      try {
        await record({ actions: ['rule.change'], target: `${place} → ${to}` }, context, () => stored.move(place, to));
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        return { notice: { type: 'error', message: error.baseError?.message ?? '' } };
      }
      await changed();
      return { notice: { type: 'success', message: 'successfullyUpdated' } };
    },
  };
}
