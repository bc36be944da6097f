import type { Words } from './language.ts';

type Forgotten = {
  readonly lang: string;
  readonly title: string;
  readonly says: string;
  readonly email: string;
  readonly send: string;
  readonly sentTitle: string;
  /** The same for every address. */
  readonly sent: (email: string) => string;
  readonly wait: string;
  readonly noAddress: string;
  readonly throttled: string;
  readonly busy: string;
  readonly back: string;
};

export const forgottenWords: Words<Forgotten> = {
  en: {
    lang: 'en',
    title: 'Forgot your password?',
    says: 'You get a mail with a link, and set a new password there. It works for an hour, and once.',
    email: 'E-mail address of your account',
    send: 'Send the link',
    sentTitle: 'Look into your mail',
    sent: (email) => `If there is an account with the address ${email}, a mail with a link is on its way to it.`,
    wait: 'It may take some minutes. Look among the spam as well. If nothing comes, ask who gave you the account.',
    noAddress: 'This is not an e-mail address.',
    throttled: 'Too many attempts. Try again in an hour.',
    busy: 'Mails cannot be sent at the moment. Try again later.',
    back: 'Log in',
  },
  de: {
    lang: 'de',
    title: 'Passwort vergessen?',
    says: 'Sie bekommen eine Mail mit einem Link und setzen dort ein neues Passwort. Er gilt eine Stunde lang und einmal.',
    email: 'E-Mail-Adresse Ihres Kontos',
    send: 'Link schicken',
    sentTitle: 'Sehen Sie in Ihre Mails',
    sent: (email) => `Wenn es ein Konto mit der Adresse ${email} gibt, ist eine Mail mit einem Link unterwegs dorthin.`,
    wait: 'Das kann einige Minuten dauern. Sehen Sie auch im Spam nach. Kommt nichts, fragen Sie dort, woher Sie das Konto haben.',
    noAddress: 'Das ist keine E-Mail-Adresse.',
    throttled: 'Zu viele Versuche. Versuchen Sie es in einer Stunde noch einmal.',
    busy: 'Mails können gerade nicht geschickt werden. Versuchen Sie es später noch einmal.',
    back: 'Anmelden',
  },
};
