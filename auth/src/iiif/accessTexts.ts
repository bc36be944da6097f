import type { Decision } from '../access/decide.ts';
import type { Notice } from '../access/notice.ts';
import type { AccessMethod, Pattern } from '../access/rules.ts';
import type { Phrase } from '../shared/phrase.ts';
import { requestAddress } from './addresses.ts';
import { filled, joined } from './languages.ts';
import type { Texts } from './texts.ts';

/** How somebody can come to see an image, and what the rule has to say of it. */
export type Way = { readonly pattern: Pattern; readonly notice?: Notice | undefined };

/** @returns `undefined` where everybody sees it */
export function wayOf(method: AccessMethod): Way | undefined {
  return method.kind === 'open' ? undefined : { pattern: method.kind, notice: method.notice };
}

/** Auth 1.0 has no word for "never": a login is what a viewer can offer, and it will not help. */
export function wayTo(denial: Exclude<Decision, { kind: 'allowed' }>): Way {
  return { pattern: denial.kind === 'locked' ? denial.pattern : 'login', notice: denial.notice };
}

/** Another for each way that another service stands for. */
export function nameOf({ pattern, notice }: Way): string {
  return pattern + suffixOf(notice);
}

/** All that is said of a way: what a button, a dialog and a failure need. */
export type AccessTexts = Readonly<
  Record<'label' | 'heading' | 'note' | 'confirm' | 'failureHeading' | 'failureNote' | 'needed' | 'neededNote', Phrase>
>;

/** The texts of a rule, and those of the institution where it has none. `publicUrl`: origin of this server. */
export function accessTexts(publicUrl: string, texts: Texts, { pattern, notice }: Way): AccessTexts {
  const own = notice?.texts ?? {};
  const request = requestNote(publicUrl, texts, notice);
  return {
    label: own.label ?? texts[`${pattern}Label`],
    heading: own.heading ?? texts[`${pattern}Heading`],
    note: joined([notice?.reason, own.note ?? texts[`${pattern}Note`], request]),
    confirm: own.confirm ?? texts[`${pattern}Confirm`],
    failureHeading: texts.failureHeading,
    failureNote: joined([texts.failureNote, request]),
    needed: texts[`${pattern}Needed`],
    neededNote: joined([notice?.reason, texts[`${pattern}NeededNote`], request]),
  };
}

/** What somebody hears for whom there is no way. */
export function forbiddenNote(publicUrl: string, texts: Texts, notice: Notice | undefined): Phrase {
  return joined([notice?.reason, texts.forbiddenNote, requestNote(publicUrl, texts, notice)]);
}

/** What tells apart the addresses of services that say something else; nothing for those of the institution. */
export function suffixOf(notice: Notice | undefined): string {
  return notice ? `/${notice.id}` : '';
}

/** Where one can ask for access; `undefined` where one cannot. */
function requestNote(publicUrl: string, texts: Texts, notice: Notice | undefined): Phrase | undefined {
  return notice?.request && filled(texts.requestNote, { address: requestAddress(publicUrl, notice.request) });
}
