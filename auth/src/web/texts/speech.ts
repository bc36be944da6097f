import type { Response } from 'express';
import type { Phrase } from '../../shared/phrase.ts';
import { plain } from '../../iiif/languages.ts';
import { LANGUAGES, type Language } from '../../shared/language.ts';
import { german } from './german.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a view says its words with. */
export type Speech = {
  readonly lang: Language;
  /** A text in the language of the page, by the English one; `{name}` stands for a value. */
  readonly say: (english: string, values?: Values) => string;
  /** The same as HTML, all of it escaped: `**so**` is strong. */
  readonly html: (english: string, values?: Values) => string;
};

/** The language of a page: the first that the browser asks for and that there is, else English. */
export function languageOf(response: Response): Language {
  response.vary('Accept-Language');
  const liked = response.req.acceptsLanguages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === liked) ?? LANGUAGES[0];
}

/** Texts of the operator, or those that viewers show, in the language of a page. */
export function spoken(phrase: Phrase, response: Response): string {
  return phrase[languageOf(response)] ?? plain(phrase);
}

/** How a page speaks. A text that the language does not have is said in English. */
export function speechOf(language: Language): Speech {
  const say = (english: string, values: Values = {}): string => {
    // Of a message that has a number in it, that is one of the values.
    const number = /\d{1,6}/.exec(english)?.[0];
    const general = number === undefined || english in german ? english : english.replace(number, '{number}');
    const text = language === 'de' ? (german[general] ?? general) : general;
    return text.replace(/\{(\w+)\}/g, (mark, name: string) => {
      const value = { number, ...values }[name];
      return typeof value === 'string' ? value : mark;
    });
  };
  const html = (english: string, values: Values = {}): string =>
    escapeHtml(say(english, values)).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>');
  return { lang: language, say, html };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
