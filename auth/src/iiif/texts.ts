import { filled, type Phrase } from './languages.ts';

/** Everything that viewers show to readers; `{institution}` is the name from `INSTITUTION`. */
const SHIPPED = {
  label: { en: 'Log in to {institution}', de: 'Bei {institution} anmelden' },
  header: { en: '{institution}: please log in', de: '{institution}: bitte anmelden' },
  description: {
    en: '{institution} shows these images to its registered users. Log in with your e-mail address and password.',
    de: '{institution} zeigt diese Bilder angemeldeten Nutzern. Melden Sie sich mit E-Mail-Adresse und Kennwort an.',
  },
  confirmLabel: { en: 'Log in', de: 'Anmelden' },
  failureHeader: { en: 'Not logged in', de: 'Nicht angemeldet' },
  failureDescription: {
    en: '{institution} did not recognise your login. Try again; if your browser blocks cookies of other sites, open the viewer on this server instead.',
    de: '{institution} hat die Anmeldung nicht erkannt. Versuchen Sie es noch einmal; sperrt der Browser Cookies anderer Seiten, öffnen Sie den Betrachter auf diesem Server.',
  },
  logoutLabel: { en: 'Log out of {institution}', de: 'Bei {institution} abmelden' },
  attribution: { en: 'Attribution', de: 'Herkunft' },
  loginNeeded: { en: 'Only for registered users', de: 'Nur für angemeldete Nutzer' },
  loginNeededNote: {
    en: 'Log in to {institution} to see this image.',
    de: 'Melden Sie sich bei {institution} an, um dieses Bild zu sehen.',
  },
  forbidden: { en: 'Not open to you', de: 'Für Sie nicht zugänglich' },
  forbiddenNote: {
    en: 'You are logged in, but {institution} does not show this image to you.',
    de: 'Sie sind angemeldet, aber {institution} zeigt Ihnen dieses Bild nicht.',
  },
  notFound: { en: 'No such image', de: 'Kein solches Bild' },
  notFoundNote: { en: 'There is no image of this identifier.', de: 'Es gibt kein Bild mit dieser Kennung.' },
  unavailable: { en: 'Not available at the moment', de: 'Zurzeit nicht verfügbar' },
  unavailableNote: {
    en: 'The service cannot answer now. Try again in a moment.',
    de: 'Der Dienst kann gerade nicht antworten. Versuchen Sie es gleich noch einmal.',
  },
  invalidRequest: { en: 'The viewer made a mistake', de: 'Der Betrachter hat einen Fehler gemacht' },
  invalidRequestNote: {
    en: 'The request needs one messageId and one origin.',
    de: 'Die Anfrage braucht eine messageId und einen origin.',
  },
  invalidOrigin: { en: 'The viewer made a mistake', de: 'Der Betrachter hat einen Fehler gemacht' },
  invalidOriginNote: {
    en: 'The origin is not the address of a web site.',
    de: 'Der origin ist nicht die Adresse einer Website.',
  },
  missingAspect: { en: 'Not logged in', de: 'Nicht angemeldet' },
  missingAspectNote: {
    en: 'Nobody is logged in to {institution}, or the browser did not send the cookie: many browsers block cookies of other sites. Open the viewer on this server instead.',
    de: 'Niemand ist bei {institution} angemeldet, oder der Browser hat das Cookie nicht gesendet: Viele Browser sperren Cookies anderer Seiten. Öffnen Sie den Betrachter auf diesem Server.',
  },
  invalidAspect: { en: 'The login is not valid', de: 'Die Anmeldung ist nicht gültig' },
  invalidAspectNote: { en: 'Log in again.', de: 'Melden Sie sich noch einmal an.' },
  expiredAspect: { en: 'The login is over', de: 'Die Anmeldung ist abgelaufen' },
  expiredAspectNote: { en: 'Log in again.', de: 'Melden Sie sich noch einmal an.' },
} as const satisfies Record<string, Phrase>;

export type TextName = keyof typeof SHIPPED;
export type Texts = Readonly<Record<TextName, Phrase>>;

/** The catalogue with the institution's name in it; `own` texts of the operator come before the shipped ones. */
export function textsFor(institution: string, own: Partial<Record<TextName, Phrase>> = {}): Texts {
  const all: Record<TextName, Phrase> = { ...SHIPPED, ...own };
  return Object.fromEntries(
    Object.entries(all).map(([name, phrase]) => [name, filled(phrase, { institution })]),
  ) as Record<TextName, Phrase>;
}

/** The text for where there is room for one language only (Authentication API 1.0): English, or the first there is. */
export function plain(phrase: Phrase): string {
  return phrase['en'] ?? Object.values(phrase)[0] ?? '';
}
