import { LANGUAGES, type Language } from '../shared/language.ts';
import type { Letter } from './mailer.ts';

type Link = {
  readonly institution: string;
  /** Of the account. */
  readonly email: string;
  readonly link: string;
  readonly expiresAt: Date;
};
type Written = Readonly<Record<Language, (values: Link) => Letter>>;

const invitation: Written = {
  en: ({ institution, email, link, expiresAt }) => ({
    subject: `${institution}: your account`,
    text: `${institution} invites you to set the password of the account ${email}. Open this link:

${link}

It works once, until ${time(expiresAt, 'en')}. After that, ask ${institution} for another one.`,
  }),
  de: ({ institution, email, link, expiresAt }) => ({
    subject: `${institution}: Ihr Konto`,
    text: `${institution} lädt Sie ein, das Passwort für das Konto ${email} zu setzen. Öffnen Sie diesen Link:

${link}

Er gilt einmal, bis ${time(expiresAt, 'de')}. Danach bitten Sie ${institution} um einen neuen.`,
  }),
};

const forgotten: Written = {
  en: ({ institution, email, link, expiresAt }) => ({
    subject: `${institution}: set a new password`,
    text: `Somebody, probably you, wants to set a new password for the account ${email} at ${institution}. Open this link:

${link}

It works once, until ${time(expiresAt, 'en')}.

If it was not you, do nothing: the password stays as it is.`,
  }),
  de: ({ institution, email, link, expiresAt }) => ({
    subject: `${institution}: neues Passwort setzen`,
    text: `Jemand, wahrscheinlich Sie, möchte für das Konto ${email} bei ${institution} ein neues Passwort setzen. Öffnen Sie diesen Link:

${link}

Er gilt einmal, bis ${time(expiresAt, 'de')}.

Wenn Sie es nicht waren, brauchen Sie nichts zu tun: Das Passwort bleibt, wie es ist.`,
  }),
};

const test: Record<Language, (institution: string) => Letter> = {
  en: (institution) => ({
    subject: `${institution}: a test`,
    text: `This mail was sent by the image server of ${institution}, to see whether mails arrive.`,
  }),
  de: (institution) => ({
    subject: `${institution}: ein Versuch`,
    text: `Diese Mail hat der Bildserver von ${institution} geschickt, um zu sehen, ob Mails ankommen.`,
  }),
};

/** To somebody whose language nobody knows yet, so in all of them. */
export function invitationLetter(values: Link): Letter {
  return inAll(LANGUAGES.map((language) => invitation[language](values)));
}

/** To somebody who asked for it, in the language of their browser. */
export function forgottenLetter(values: Link, language: Language): Letter {
  return forgotten[language](values);
}

export function testLetter(institution: string): Letter {
  return inAll(LANGUAGES.map((language) => test[language](institution)));
}

function inAll(letters: readonly Letter[]): Letter {
  return {
    subject: letters.map(({ subject }) => subject).join(' / '),
    text: letters.map(({ text }) => text).join('\n\n--\n\n'),
  };
}

function time(at: Date, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(at)} (UTC)`;
}
