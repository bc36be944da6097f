import type { Rule } from '../access/rules.ts';
import type { NamedFolder } from '../images/catalogue/namedFolder.ts';

export type Remark = { readonly level: 'warn' | 'info'; readonly rule: string; readonly message: string };

/**
 * What is to be said of a rule whose folder is not where its name says, and the path that it is said of: the part that is
 * missing, because ten folders in one that is not there are one mistake.
 */
export function remarkOn(
  { where, name: rule }: Rule,
  found: Exclude<NamedFolder, { kind: 'there' }>,
): [string, Remark] {
  if (found.kind === 'elsewhere') {
    const [path, real] = [where.join('/'), found.real.join('/')];
    const message = `"${path}" is a link: what its rule says holds for the folder "${real}"`;
    return [path, { level: 'info', rule, message }];
  }
  const path = found.missing.join('/');
  const meant = found.nearest === undefined ? '' : `; was "${found.nearest.join('/')}" meant?`;
  const message = `there is no folder "${path}" in IMAGE_DIR: the rule for it holds for nothing${meant}`;
  return [path, { level: 'warn', rule, message }];
}
