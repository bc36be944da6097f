/** Presentation API 3.0, section 4.4: the text by language. */
export type LanguageMap = Readonly<Record<string, readonly string[]>>;

/** A text of the catalogue in every language it has. */
export type Phrase = Readonly<Record<string, string>>;

export function languageMap(phrase: Phrase): LanguageMap {
  return Object.fromEntries(Object.entries(phrase).map(([language, text]) => [language, [text]]));
}

/** The phrase with every `{name}` in it replaced. */
export function filled(phrase: Phrase, values: Readonly<Record<string, string>>): Phrase {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark);
  return Object.fromEntries(Object.entries(phrase).map(([language, text]) => [language, fill(text)]));
}
