import type { Words } from './language.ts';

type Request = {
  readonly lang: string;
  readonly title: string;
  readonly says: (institution: string) => string;
  readonly place: string;
  readonly name: string;
  readonly email: string;
  readonly reason: string;
  readonly send: string;
  readonly doneTitle: string;
  readonly done: (institution: string, email: string) => string;
  readonly wrong: Readonly<Record<string, string>>;
  readonly busy: string;
};

export const requestWords: Words<Request> = {
  en: {
    lang: 'en',
    title: 'Ask for access',
    says: (institution) => `${institution} looks at what you write, and answers by mail.`,
    place: 'Folder or image',
    name: 'Your name',
    email: 'Your e-mail address',
    reason: 'What do you need it for?',
    send: 'Send the request',
    doneTitle: 'Your request is sent',
    done: (institution, email) => `${institution} answers to ${email}. That may take some days.`,
    wrong: {
      name: 'Write your name, on one line.',
      email: 'This is not an e-mail address.',
      reason: 'Say what you need it for, in 2,000 characters at most.',
    },
    busy: 'There are too many requests at the moment. Try again later.',
  },
  de: {
    lang: 'de',
    title: 'Um Zugang bitten',
    says: (institution) => `${institution} liest, was Sie schreiben, und antwortet mit einer Mail.`,
    place: 'Ordner oder Bild',
    name: 'Ihr Name',
    email: 'Ihre E-Mail-Adresse',
    reason: 'Wofür brauchen Sie es?',
    send: 'Anfrage schicken',
    doneTitle: 'Ihre Anfrage ist unterwegs',
    done: (institution, email) => `${institution} antwortet an ${email}. Das kann einige Tage dauern.`,
    wrong: {
      name: 'Schreiben Sie Ihren Namen, in einer Zeile.',
      email: 'Das ist keine E-Mail-Adresse.',
      reason: 'Schreiben Sie, wofür Sie es brauchen, mit höchstens 2.000 Zeichen.',
    },
    busy: 'Zurzeit gibt es zu viele Anfragen. Versuchen Sie es später noch einmal.',
  },
};
