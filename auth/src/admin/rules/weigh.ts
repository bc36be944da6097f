import { effectOf, type Effect } from '../../access/effect.ts';
import type { Rule } from '../../access/rules.ts';
import { RuleTree } from '../../access/ruleTree.ts';
import type { Users } from '../../identity/users.ts';
import { ACCESS_FILE } from '../../permissions/accessFileOnDisk.ts';
import { reachOf, type Reach } from '../../permissions/reach.ts';
import { partsOf } from '../../permissions/schema.ts';
import { PANEL, type RuleDocument } from '../../permissions/ruleEntries.ts';
import { writtenSight } from '../../permissions/words.ts';
import { placeOf, type RulesInView } from './placeRules.ts';

/** Milliseconds for which images are counted. */
const COUNTED_FOR = 1500;

/** What a change touches, as the browser tells it. */
export type Weighed = {
  readonly reach: Reach;
  readonly effects: readonly (Pick<Effect, 'probe' | 'alsoUsers'> & {
    readonly before: number | 'full';
    readonly after: number | 'full';
    /** Milliseconds since 1970; left out where it is so at once. */
    readonly since: number | undefined;
  })[];
};

/**
 * Whom a change of the rule of a place would touch, and how many images.
 * @param tried the rules of the panel as they would be
 * @param now milliseconds since 1970
 * @throws StoreUnavailable; ImagesUnavailable
 */
export async function weighed(
  place: string,
  tried: readonly Rule[],
  {
    inForce,
    catalogue,
    networks,
    users,
  }: Pick<RulesInView, 'inForce' | 'catalogue'> &
    Pick<RuleDocument, 'networks'> & { readonly users: Pick<Users, 'findByEmail'> },
  now: number,
): Promise<Weighed> {
  const before = inForce();
  const after = new RuleTree(inOrder(before.rules, tried), before);
  const path = partsOf(place);
  // The one that has a rule for this very place knows where it ends.
  const withRule = [after, before].find((tree) => placeOf(tree.at(path)[0].where) === place) ?? after;
  const people = await rolesByName([...before.at(path)[0].grants, ...after.at(path)[0].grants], users);
  const effects = effectOf(path, { before, after }, (name) => people.get(name) ?? [], now);
  return {
    reach: await reachOf(path, withRule, catalogue, COUNTED_FOR),
    effects: effects.map(({ probe, alsoUsers, since, ...sees }) => ({
      alsoUsers,
      probe: { ...probe, network: probe.network && nameOf(probe.network, networks) },
      before: writtenSight(sees.before),
      after: writtenSight(sees.after),
      since,
    })),
  };
}

/** As they count when they are in force: of two for one place the first. */
function inOrder(inForce: readonly Rule[], tried: readonly Rule[]): readonly Rule[] {
  const ofFile = inForce.filter(({ name }) => name.startsWith(`${ACCESS_FILE}: `));
  const ofPanel = new Set(tried.map(({ name }) => name));
  // Those of the panel that are left stand for links.
  const others = inForce.filter(({ name, where }) => {
    if (name.startsWith(`${ACCESS_FILE}: `)) return false;
    return !name.startsWith(`${PANEL}: `) || (ofPanel.has(name) && name !== `${PANEL}: ${placeOf(where)}`);
  });
  return [...ofFile, ...tried, ...others];
}

async function rolesByName(
  grants: Rule['grants'],
  users: Pick<Users, 'findByEmail'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = [...new Set(grants.flatMap(({ who }) => who.names))];
  const found = await Promise.all(
    names.map(async (name) => [name, (await users.findByEmail(name))?.roles ?? []] as const),
  );
  return new Map(found);
}

/** What a network is called, if it has a name. */
function nameOf(network: string, networks: RuleDocument['networks']): string {
  const named = Object.entries(networks).find(([, value]) => [JSON.parse(value) as unknown].flat().includes(network));
  return named?.[0] ?? network;
}
