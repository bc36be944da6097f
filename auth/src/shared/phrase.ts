/** A text in one or more languages, by their tags; `none` where it is in no language, or in one that nobody named. */
export type Phrase = Readonly<Record<string, string>>;

/** A language as texts name it (BCP 47, of the common forms), or `none`. */
export const LANGUAGE = /^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*|none)$/;
/** Characters of a text at most. */
export const LONGEST_TEXT = 2000;
