import type { NetworkWarning } from '../permissions/networkWarnings.ts';
import type { Remark } from '../permissions/remarks.ts';

/** What an administrator should do something about, on the overview; its words are those of the browser. */
export type PanelWarning =
  /** How many requests for access wait for an answer. */
  | { readonly kind: 'requests'; readonly open: number }
  | NetworkWarning
  /** access.yml as it is now cannot be used: the rules are as they were. */
  | { readonly kind: 'fault'; readonly fault: string }
  /** The folder of a rule is not there. `moved`: the one that has its images now. */
  | {
      readonly kind: 'gone' | 'goneMeant' | 'goneMoved' | 'goneMovedInFile';
      readonly rule: string;
      readonly path: string;
      readonly meant: string;
      readonly moved: string;
    }
  /** A rule names a role that is not there. */
  | { readonly kind: 'role' | 'roleMeant'; readonly rule: string; readonly role: string; readonly meant: string };

/** What is said of requests for access, where there are any. */
export function warningsOfRequests(open: number): readonly PanelWarning[] {
  return open === 0 ? [] : [{ kind: 'requests', open }];
}

type About = Remark['about'];

/**
 * The same of what is said of rules. `movedTo`: the folder that has the images of one that is gone;
 * `isInPanel`: whether a rule of the panel is for it, or for what was below it.
 */
export async function warningsOfRules(
  remarks: readonly Remark[],
  movedTo: (gone: readonly string[]) => Promise<readonly string[] | undefined>,
  isInPanel: (gone: readonly string[]) => boolean,
): Promise<readonly PanelWarning[]> {
  const warnings: PanelWarning[] = [];
  for (const { rule, about } of remarks) {
    if (about.kind === 'role') warnings.push(ofRole(rule, about));
    if (about.kind !== 'gone') continue;
    const moved = (await movedTo(about.path))?.join('/') ?? '';
    const byMeaning = about.meant === undefined ? 'gone' : 'goneMeant';
    const kind = moved === '' ? byMeaning : isInPanel(about.path) ? 'goneMoved' : 'goneMovedInFile';
    warnings.push({ kind, rule, path: about.path.join('/'), meant: about.meant ?? '', moved });
  }
  return warnings;
}

function ofRole(rule: string, { role, meant }: Extract<About, { kind: 'role' }>): PanelWarning {
  return { kind: meant === undefined ? 'role' : 'roleMeant', rule, role, meant: meant ?? '' };
}
