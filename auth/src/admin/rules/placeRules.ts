import type { Rule } from '../../access/rules.ts';
import type { RuleTree } from '../../access/ruleTree.ts';
import type { Catalogue } from '../../images/catalogue/catalogue.ts';
import { ACCESS_FILE } from '../../permissions/accessFileOnDisk.ts';
import { ruleText } from '../../permissions/ruleDocument.ts';
import { partsOf } from '../../permissions/schema.ts';
import { PANEL } from '../../permissions/ruleEntries.ts';
import type { StoredRules } from '../../permissions/storedRules.ts';
import { writtenRule } from '../../permissions/writtenRule.ts';

/** Where a rule stands: in the panel, in a file, in the code of the demonstration, or nowhere. */
type Source = 'panel' | 'file' | 'demo' | 'default';

/** A rule as the browser draws it. */
type ShownRule = {
  readonly source: Source;
  /** As the log calls it. */
  readonly name: string;
  /** The folder or image that it is for. */
  readonly place: string;
  /** As an access.yml says it. */
  readonly rule: unknown;
};

/** What holds at a place, why, and what of it can be changed. */
export type PlaceRules = {
  readonly place: string;
  readonly kind: 'folder' | 'image' | 'missing';
  /** Where it really lies, if a link is on the way: both have to allow it then. */
  readonly leadsTo: string | undefined;
  readonly holds: ShownRule;
  /** What would hold without the rule that is kept for this very place. */
  readonly otherwise: ShownRule;
  /** The rule that the panel keeps for this very place, as JSON and as it is written; empty where there is none. */
  readonly seen: string;
  readonly text: string;
};

export type RulesInView = {
  readonly stored: Pick<StoredRules, 'of'>;
  readonly inForce: () => RuleTree;
  readonly catalogue: Pick<Catalogue, 'folder' | 'find' | 'realOf'>;
};

/** The path of a place as people write it; `.` is all. */
export function placeOf(path: readonly string[]): string {
  return path.join('/') || '.';
}

/** @throws StoreUnavailable; ImagesUnavailable */
export async function rulesAt(place: string, { stored, inForce, catalogue }: RulesInView): Promise<PlaceRules> {
  const path = partsOf(place);
  const real = (await catalogue.realOf(path)) ?? path;
  const tree = inForce();
  const all = tree.at(path);
  const shown = (rule: Rule | undefined): Promise<ShownRule> =>
    shownRule(rule ?? all[all.length - 1] ?? all[0], tree, stored);
  const kept = await stored.of(place);
  return {
    place,
    kind: await kindOf(path, catalogue),
    leadsTo: placeOf(real).normalize('NFC') === place.normalize('NFC') ? undefined : placeOf(real),
    holds: await shown(all[0]),
    otherwise: await shown(all.find(({ name }) => name !== `${PANEL}: ${place}`)),
    seen: kept ?? '',
    text: kept === undefined ? '' : ruleText(kept),
  };
}

async function shownRule(rule: Rule, tree: RuleTree, stored: RulesInView['stored']): Promise<ShownRule> {
  const { name, where } = rule;
  const place = placeOf(where);
  const source = rule === tree.fallback ? 'default' : sourceOf(name);
  const kept = source === 'panel' ? await stored.of(place) : undefined;
  return { source, name, place, rule: kept === undefined ? writtenRule(rule) : (JSON.parse(kept) as unknown) };
}

function sourceOf(name: string): Source {
  if (name.startsWith(`${PANEL}: `)) return 'panel';
  return name.startsWith(`${ACCESS_FILE}: `) ? 'file' : 'demo';
}

async function kindOf(path: readonly string[], catalogue: RulesInView['catalogue']): Promise<PlaceRules['kind']> {
  if (await catalogue.folder(path)) return 'folder';
  return (await catalogue.find(path)).kind === 'file' ? 'image' : 'missing';
}
