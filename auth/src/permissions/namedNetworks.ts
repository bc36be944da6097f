import type { RuleDocument } from './ruleEntries.ts';

/** The places whose rules name a network. */
export function placesThatName({ folders }: Pick<RuleDocument, 'folders'>, network: string): readonly string[] {
  return Object.entries(folders)
    .filter(([, rule]) => namedNetworks(JSON.parse(rule)).includes(network))
    .map(([place]) => place);
}

/** What stands below `networks` anywhere in a rule. */
function namedNetworks(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
    key === 'networks' ? [one].flat() : namedNetworks(one),
  );
}
