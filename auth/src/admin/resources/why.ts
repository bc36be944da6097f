import type { Action, ActionResponse, ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import type { Question, Why } from '../../gate/why.ts';
import { Refused } from '../../identity/errors.ts';
import { PANEL } from '../../permissions/ruleEntries.ts';
import {
  decisionInWords,
  explained,
  questionInWords,
  remarksInWords,
  speechFor,
  type Speech,
} from '../../permissions/words.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource } from './tableResource.ts';

const text = z.string().default('');
const ticked = text.transform((value) => value === 'true');
const Form = z.object({
  ...{ place: text, user: text, key: text, share: text, from: text, at: text },
  agreed: ticked,
  kiosk: ticked,
  /** Of the reader. */
  language: text,
  zone: text,
});

/** Whether somebody sees something, and why. Throws `Refused` for a question that cannot be answered. */
export type AskWhy = (question: Question) => Promise<Why>;

/** A page of its own, without records: it asks, and is answered in words. */
export function whyResource(why: AskWhy): ResourceWithOptions {
  const [first, ...others] = Object.keys(Form.shape).map((name) => ({ name }));
  return {
    resource: new TableResource({
      name: 'why',
      fields: [first ?? { name: 'place' }, ...others],
      list: () => Promise.resolve([]),
      count: () => Promise.resolve(0),
    }),
    options: {
      navigation: { icon: 'HelpCircle' },
      actions: { ...switchedOff.everywhere, ...switchedOff.readOnly, show: switchedOff.off, ask: asking(why) },
    },
  };
}

function asking(why: AskWhy): Partial<Action<ActionResponse>> {
  return {
    actionType: 'resource',
    component: false,
    isVisible: false,
    async handler({ method, payload }) {
      if (method !== 'post') return {};
      const { language, zone, ...question } = Form.parse(payload ?? {});
      try {
        return { answer: answerOf(await why(question), speechFor(language, zone)) };
      } catch (error) {
        if (error instanceof Refused) return { refused: error.field };
        throw error;
      }
    },
  };
}

function answerOf(found: Why, speech: Speech): object {
  const { explanation, resource } = found;
  const { beside, rules } = explained(explanation, speech);
  return {
    asked: questionInWords({ ...found, path: resource.path }, speech),
    allowed: explanation.decision.kind === 'allowed',
    decision: decisionInWords(explanation.decision, speech),
    remarks: remarksInWords(found, speech),
    beside,
    rules: rules.map(({ where, ...rule }) => ({ ...rule, place: where.join('/') || '.', ...sourceOf(rule.name) })),
    place: resource.path.join('/') || '.',
  };
}

/** Where a rule stands: in a file, in the panel, or nowhere. */
function sourceOf(name: string): { readonly source: 'file' | 'panel' | 'none'; readonly file?: string } {
  const [source = '', place] = name.split(': ');
  if (source === PANEL) return { source: 'panel' };
  return place === undefined ? { source: 'none' } : { source: 'file', file: source };
}
