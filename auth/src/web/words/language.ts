import type { Request } from 'express';
import { LANGUAGES, type Language } from '../../shared/language.ts';

/** Words of a page, in each language that our pages have. */
export type Words<T> = Readonly<Record<Language, T>>;

/** The language of ours that the browser likes best (`Accept-Language`). */
export function languageOf(request: Request): Language {
  const liked = request.acceptsLanguages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === liked) ?? LANGUAGES[0];
}
