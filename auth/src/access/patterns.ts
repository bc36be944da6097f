import type { Judgement, Pattern, Rule } from './rules.ts';
import type { Subject } from './subject.ts';

/** What an operator says of a folder: everything in it follows one pattern. */
export type FolderPattern = {
  /** Parts of the folder's path; everything below it is meant too. */
  readonly folder: readonly string[];
  readonly pattern: Pattern | 'open' | 'denied';
  /** For `kiosk` and `external`: whether a client address (IP) is one of the place. */
  readonly isThere: (address: string) => boolean;
  /** Pixels on the longer side of the smaller image that everybody may see. */
  readonly tier: number | undefined;
};

/** The rules that folders with a pattern make; the deepest folder first, because it is the one that was meant. */
export function patternRules(folders: readonly FolderPattern[]): Rule[] {
  return [...folders]
    .sort((a, b) => b.folder.length - a.folder.length)
    .map((folder) => ({
      name: `the folder "${folder.folder.join('/')}" is ${folder.pattern}`,
      judge: (subject, { path }) =>
        folder.folder.every((part, index) => isSameName(part, path[index])) ? judge(subject, folder) : undefined,
    }));
}

/** One é may be stored in two ways; the operator cannot see which one his disk has. */
function isSameName(one: string, other: string | undefined): boolean {
  return one.normalize('NFC') === other?.normalize('NFC');
}

function judge(subject: Subject, { pattern, isThere, tier }: FolderPattern): Judgement {
  if (pattern === 'open') return 'allow';
  if (pattern === 'denied') return { offer: 'nothing', tier };
  if (hasAccess(subject, pattern, isThere)) return 'allow';
  return { offer: pattern === 'login' && subject.kind === 'user' ? 'nothing' : pattern, tier };
}

function hasAccess(subject: Subject, pattern: Pattern, isThere: (address: string) => boolean): boolean {
  switch (pattern) {
    case 'login':
      return subject.kind === 'user' && subject.active;
    case 'clickthrough':
      return subject.agreed;
    case 'kiosk':
      return subject.atKiosk && isThere(subject.address);
    case 'external':
      return isThere(subject.address);
  }
}
