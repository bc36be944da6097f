import { z } from 'zod';
import { LANGUAGE, LONGEST_TEXT, type Phrase } from '../shared/phrase.ts';

const ONE = 'has to be a text, or texts by language: { en: …, de: … }';

/** A text: in one language that nobody names, or by the tags of languages. */
export const phrase = z.unknown().transform((value, context): Phrase => {
  const isOne = typeof value === 'string';
  const texts: unknown = isOne ? { none: value } : value;
  const languages = typeof texts === 'object' && texts && !Array.isArray(texts) ? Object.entries(texts) : [];
  if (languages.length === 0) context.addIssue({ code: 'custom', message: ONE });
  for (const [language, text] of languages) {
    const message = LANGUAGE.test(language) ? wrongText(text) : 'is not a language tag: write en, or de-CH';
    if (message !== undefined) context.addIssue({ code: 'custom', message, path: isOne ? [] : [language] });
  }
  return texts as Phrase;
});

function wrongText(text: unknown): string | undefined {
  if (typeof text !== 'string') return 'has to be a text: put it between quotes';
  if (text === '') return 'is empty: write what is meant, or leave it out';
  return text.length > LONGEST_TEXT ? `is longer than ${LONGEST_TEXT} characters` : undefined;
}

/** Texts for a way to an image (`access/notice.ts`). */
export const offerTexts = z.strictObject(
  {
    label: phrase.optional(),
    heading: phrase.optional(),
    note: phrase.optional(),
    confirm: phrase.optional(),
  },
  {
    error: (issue) =>
      issue.code === 'invalid_type' ? 'has to be texts: { label: …, heading: …, note: …, confirm: … }' : undefined,
  },
);
