import { shortDigest } from '../shared/digest.ts';
import { GENERAL_TERMS } from '../shared/terms.ts';
import type { Phrase } from '../shared/phrase.ts';

/** Texts for the way to an image, in place of those of the institution; those that are left out are as everywhere. */
type OfferTexts = {
  readonly label?: Phrase | undefined;
  readonly heading?: Phrase | undefined;
  readonly note?: Phrase | undefined;
  readonly confirm?: Phrase | undefined;
};

/** What a rule has said to those whom it refuses. */
export type Notice = {
  /** Names all of it; hexadecimal digits, for addresses. */
  readonly id: string;
  /** Why. */
  readonly reason: Phrase | undefined;
  readonly texts: OfferTexts;
  /** Names the texts, for those who agree to them; {@link GENERAL_TERMS} where the rule has none of its own. */
  readonly terms: string;
  /** The path for which access can be asked for, where it can. */
  readonly request: readonly string[] | undefined;
};

export type GivenNotice = { readonly [Part in 'reason' | 'texts' | 'request']?: Notice[Part] | undefined };

/** `undefined` where a rule says nothing of its own. */
export function noticeOf({ reason, texts = {}, request }: GivenNotice): Notice | undefined {
  const saysOwn = Object.values(texts).some((text) => text !== undefined);
  if (reason === undefined && !saysOwn && request === undefined) return undefined;
  const terms = saysOwn ? shortDigest(texts) : GENERAL_TERMS;
  return Object.freeze({ id: shortDigest([reason, texts, request]), reason, texts, terms, request });
}
