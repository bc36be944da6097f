/** The languages that our own pages and mails are written in; the first one where nobody says. */
export const LANGUAGES = ['en', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];
