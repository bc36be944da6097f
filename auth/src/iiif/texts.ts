import type { Phrase } from '../shared/phrase.ts';
import { filled } from './languages.ts';

/** Everything that viewers show to readers; `{institution}` is the name from `INSTITUTION`. */
const SHIPPED = {
  loginLabel: { en: 'Log in to {institution}', de: 'Bei {institution} anmelden' },
  loginHeading: { en: '{institution}: please log in', de: '{institution}: bitte anmelden' },
  loginNote: {
    en: '{institution} shows these images to its registered users. Log in with your e-mail address and password.',
    de: '{institution} zeigt diese Bilder angemeldeten Nutzern. Melden Sie sich mit E-Mail-Adresse und Passwort an.',
  },
  loginConfirm: { en: 'Log in', de: 'Anmelden' },
  clickthroughLabel: { en: 'Terms of use of {institution}', de: 'Nutzungsbedingungen von {institution}' },
  clickthroughHeading: { en: '{institution}: terms of use', de: '{institution}: Nutzungsbedingungen' },
  clickthroughNote: {
    en: 'These images are for your own study. Who wants to publish them asks {institution} first.',
    de: 'Diese Bilder dienen dem eigenen Studium. Wer sie veröffentlichen will, fragt zuerst {institution}.',
  },
  clickthroughConfirm: { en: 'I agree', de: 'Ich stimme zu' },
  kioskLabel: { en: 'Reading room of {institution}', de: 'Lesesaal von {institution}' },
  kioskHeading: { en: '{institution}: reading room', de: '{institution}: Lesesaal' },
  kioskNote: {
    en: 'These images are shown at the computers of {institution}.',
    de: 'Diese Bilder werden an den Rechnern von {institution} gezeigt.',
  },
  kioskConfirm: { en: 'Open', de: 'Öffnen' },
  externalLabel: { en: 'Network of {institution}', de: 'Netz von {institution}' },
  externalHeading: { en: '{institution}: network', de: '{institution}: Netz' },
  externalNote: {
    en: 'These images are shown in the network of {institution}.',
    de: 'Diese Bilder werden im Netz von {institution} gezeigt.',
  },
  externalConfirm: { en: 'Open', de: 'Öffnen' },
  failureHeading: { en: 'No access', de: 'Kein Zugang' },
  failureNote: {
    en: '{institution} did not recognise you. Try again; if your browser blocks cookies of other sites, open the viewer on this server instead.',
    de: '{institution} hat Sie nicht erkannt. Versuchen Sie es noch einmal; sperrt der Browser Cookies anderer Seiten, öffnen Sie den Betrachter auf diesem Server.',
  },
  logoutLabel: { en: 'Log out of {institution}', de: 'Bei {institution} abmelden' },
  attribution: { en: 'Attribution', de: 'Herkunft' },
  loginNeeded: { en: 'Only for registered users', de: 'Nur für angemeldete Nutzer' },
  loginNeededNote: {
    en: 'Log in to {institution} to see this image.',
    de: 'Melden Sie sich bei {institution} an, um dieses Bild zu sehen.',
  },
  clickthroughNeeded: { en: 'Only under terms', de: 'Nur unter Bedingungen' },
  clickthroughNeededNote: {
    en: 'Agree to the terms of {institution} to see this image.',
    de: 'Stimmen Sie den Bedingungen von {institution} zu, um dieses Bild zu sehen.',
  },
  kioskNeeded: { en: 'Only in the reading room', de: 'Nur im Lesesaal' },
  kioskNeededNote: {
    en: 'This image is shown at the computers of {institution}.',
    de: 'Dieses Bild wird an den Rechnern von {institution} gezeigt.',
  },
  externalNeeded: { en: 'Only in the network of {institution}', de: 'Nur im Netz von {institution}' },
  externalNeededNote: {
    en: 'Open this image in the network of {institution}.',
    de: 'Öffnen Sie dieses Bild im Netz von {institution}.',
  },
  forbidden: { en: 'Not open to you', de: 'Für Sie nicht zugänglich' },
  forbiddenNote: {
    en: '{institution} does not show this image to you.',
    de: '{institution} zeigt Ihnen dieses Bild nicht.',
  },
  requestNote: {
    en: 'Access can be asked for here: {address}',
    de: 'Zugang kann hier erbeten werden: {address}',
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

type TextName = keyof typeof SHIPPED;
export type Texts = Readonly<Record<TextName, Phrase>>;

/** Those of the names that no text has. */
export function unknownTexts(names: readonly string[]): string[] {
  return names.filter((name) => !(name in SHIPPED));
}

/** The catalogue with the institution's name in it; `own` texts of the operator come before the shipped ones. */
export function textsFor(institution: string, own: Readonly<Record<string, Phrase>> = {}): Texts {
  const all: Record<TextName, Phrase> = { ...SHIPPED, ...own };
  return Object.fromEntries(
    Object.entries(all).map(([name, phrase]) => [name, filled(phrase, { institution })]),
  ) as Record<TextName, Phrase>;
}
