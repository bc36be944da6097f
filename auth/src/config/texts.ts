import { z } from 'zod';
import { LANGUAGE, LONGEST_TEXT, type Phrase } from '../shared/phrase.ts';
import { jsonOf } from './json.ts';

/** Texts of the operator, by name and language. */
export type TextSetting = Readonly<Record<string, Phrase>>;

const language = z.string().regex(LANGUAGE, { error: 'is not a language tag' });
const settings = z.record(z.string().regex(/^[a-zA-Z]+$/), z.record(language, z.string().min(1).max(LONGEST_TEXT)));

const FORM = 'JSON: `{"name of the text": {"language": "text"}}`';

export const texts = {
  group: 'site',
  kind: z
    .string()
    .transform((text, context): TextSetting => {
      const parsed = settings.safeParse(jsonOf(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: `Give ${FORM.replaceAll('`', '')}.` });
      return z.NEVER;
    })
    .describe(FORM),
  description:
    'Texts of your own in place of those that viewers show, in as many languages as you like, as JSON. `{institution}` in a text becomes the name of your institution. Names: `loginLabel`, `loginHeading`, `loginNote`, `loginConfirm`, `loginNeeded`, `loginNeededNote`; the same with `clickthrough`, `kiosk` and `external` instead of `login`; `failureHeading`, `failureNote`, `logoutLabel`, `forbidden`, `forbiddenNote`, `attribution`.',
  default: '{}',
  example: '{"loginNote": {"en": "Ask at the desk of {institution} for an account.", "fr": "Demandez un compte."}}',
} as const;
