import type { Phrase } from '../shared/phrase.ts';

/** Presentation API 3.0, section 4.4: the text by language. */
export type LanguageMap = Readonly<Record<string, readonly string[]>>;

export function languageMap(phrase: Phrase): LanguageMap {
  return Object.fromEntries(Object.entries(phrase).map(([language, text]) => [language, [text]]));
}

/** The phrase with every `{name}` in it replaced. */
export function filled(phrase: Phrase, values: Readonly<Record<string, string>>): Phrase {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);
  return Object.fromEntries(Object.entries(phrase).map(([language, text]) => [language, fill(text)]));
}

/** The text for where there is room for one language only (Authentication API 1.0): English, or the first there is. */
export function plain(phrase: Phrase): string {
  return phrase['en'] ?? Object.values(phrase)[0] ?? '';
}

/** One text after the other, in each language that any of them has; one that lacks it is in no language there, or in English. */
export function joined(some: readonly (Phrase | undefined)[]): Phrase {
  const phrases = some.filter((one) => one !== undefined);
  const languages = [...new Set(phrases.flatMap((one) => Object.keys(one)))];
  const named = languages.filter((language) => language !== 'none');
  const inLanguage = (language: string): string =>
    phrases.map((one) => one[language] ?? one['none'] ?? plain(one)).join(' ');
  return Object.fromEntries((named.length > 0 ? named : languages).map((language) => [language, inLanguage(language)]));
}
