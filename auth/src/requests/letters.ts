import type { Letter } from '../mail/mailer.ts';
import { LANGUAGES, type Language } from '../shared/language.ts';

type Asked = {
  readonly institution: string;
  readonly place: string;
  readonly name: string;
  readonly email: string;
  readonly reason: string;
  /** Where it is answered. */
  readonly panel: string;
};
type Answered = { readonly institution: string; readonly place: string; readonly word: string };
type Granted = Answered & { readonly link: string; readonly until: string };

const asked: Record<Language, (values: Asked) => Letter> = {
  en: ({ institution, place, name, email, reason, panel }) => ({
    subject: `${institution}: somebody asks for access`,
    text: `${name} <${email}> asks to see ${place}:

${reason}

Nobody has checked that the address is theirs. Grant it until a date, or refuse it, here:

${panel}`,
  }),
  de: ({ institution, place, name, email, reason, panel }) => ({
    subject: `${institution}: jemand bittet um Zugang`,
    text: `${name} <${email}> möchte ${place} sehen:

${reason}

Niemand hat geprüft, ob die Adresse stimmt. Geben Sie hier Zugang bis zu einem Tag, oder lehnen Sie ab:

${panel}`,
  }),
};

const granted: Record<Language, (values: Granted) => Letter> = {
  en: ({ institution, place, link, until, word }) => ({
    subject: `${institution}: your access`,
    text: `${institution} shows you ${place} until ${until} (UTC). Open this link in the browser in which you want to see it:

${link}

It is for you alone: one browser can open it.${after(word)}`,
  }),
  de: ({ institution, place, link, until, word }) => ({
    subject: `${institution}: Ihr Zugang`,
    text: `${institution} zeigt Ihnen ${place} bis ${until} (UTC). Öffnen Sie diesen Link in dem Browser, in dem Sie es sehen möchten:

${link}

Er ist nur für Sie: Ein Browser kann ihn öffnen.${after(word)}`,
  }),
};

const refused: Record<Language, (values: Answered) => Letter> = {
  en: ({ institution, place, word }) => ({
    subject: `${institution}: your request`,
    text: `You asked to see ${place}. ${institution} cannot show it to you.${after(word)}`,
  }),
  de: ({ institution, place, word }) => ({
    subject: `${institution}: Ihre Anfrage`,
    text: `Sie wollten ${place} sehen. ${institution} kann es Ihnen nicht zeigen.${after(word)}`,
  }),
};

/** To curators, whose language nobody knows. */
export function askedLetter(values: Asked): Letter {
  const letters = LANGUAGES.map((language) => asked[language](values));
  return {
    subject: letters.map(({ subject }) => subject).join(' / '),
    text: letters.map(({ text }) => text).join('\n\n--\n\n'),
  };
}

export function grantedLetter(values: Granted, language: Language): Letter {
  return granted[language](values);
}

export function refusedLetter(values: Answered, language: Language): Letter {
  return refused[language](values);
}

function after(word: string): string {
  return word === '' ? '' : `\n\n${word}`;
}
