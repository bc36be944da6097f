import { ACTIVE_USERS, type Grant, type Rule, type Who } from './rules.ts';
import type { RuleTree } from './ruleTree.ts';
import { sightOf } from './sight.ts';
import { anonymous, type Subject } from './subject.ts';

/** Somebody for whom rules are tried: what is not named has nothing of the kind. */
export type Probe = {
  /** Whether it is an active user; who has a name or a role is one anyway. */
  readonly user: boolean;
  /** An e-mail address. */
  readonly name: string | undefined;
  readonly role: string | undefined;
  /** An IP address or network. */
  readonly network: string | undefined;
  readonly gesture: Who['gesture'];
};

/** What a change does to somebody: pixels on the longer side, `Infinity` for all, 0 for nothing. */
export type Effect = {
  readonly probe: Probe;
  /** Of the public: whether it is so for any user, too. */
  readonly alsoUsers: boolean;
  readonly before: number;
  readonly after: number;
  /** When it is so for the first time (milliseconds since 1970); `undefined` where it is so at once. */
  readonly since: number | undefined;
};

const PUBLIC: Probe = { user: false, name: undefined, role: undefined, network: undefined, gesture: undefined };

/**
 * Who sees more or less of what is at a path when other rules hold: whoever is not logged in, any user, and whoever meets a
 * grant of the old rule or of the new one. Where a role or a name makes no difference it is left out.
 * @param rolesOf those of the user with an e-mail address
 * @param now milliseconds since 1970
 */
export function effectOf(
  path: readonly string[],
  rules: { readonly before: RuleTree; readonly after: RuleTree },
  rolesOf: (name: string) => readonly string[],
  now: number,
): readonly Effect[] {
  const closest = [rules.before.at(path)[0], rules.after.at(path)[0]];
  const moments = [now, ...turnsOf(closest).filter((turn) => turn > now)];
  type Found = Omit<Effect, 'alsoUsers'> | undefined;
  const effect = (probe: Probe): Found => {
    const subject = subjectOf(probe, rolesOf);
    for (const moment of moments) {
      const sees = (tree: RuleTree): number => sightOf(subject, { kind: 'image', path }, tree, moment);
      const [before, after] = [sees(rules.before), sees(rules.after)];
      if (before !== after) return { probe, before, after, since: moment === now ? undefined : moment };
    }
    return undefined;
  };
  const probes = probesOf(closest);
  const found = new Map(probes.map((probe) => [probe, effect(probe)]));
  const same = (one: Found, other: Found): boolean =>
    one?.before === other?.before && one?.after === other?.after && one?.since === other?.since;
  return [...found].flatMap(([probe, one]) => {
    const wider = probes.filter((other) => other !== probe && isWider(other, probe));
    if (one === undefined || wider.some((other) => same(one, found.get(other)))) return [];
    return [{ ...one, alsoUsers: probe === probes[0] && same(one, found.get(probes[1] ?? probe)) }];
  });
}

/** Whether all of a probe are among those of another. */
function isWider(wide: Probe, narrow: Probe): boolean {
  const isUser = narrow.user || narrow.name !== undefined || narrow.role !== undefined;
  return (
    (!wide.user || isUser) &&
    (['name', 'role', 'network', 'gesture'] as const).every(
      (key) => wide[key] === undefined || wide[key] === narrow[key],
    )
  );
}

function probesOf(rules: readonly Rule[]): readonly Probe[] {
  const grants = rules.flatMap((rule) => rule.grants);
  const all = [PUBLIC, { ...PUBLIC, user: ACTIVE_USERS.users }, ...grants.flatMap(probesOfGrant)];
  return [...new Map(all.map((probe) => [JSON.stringify(Object.values(probe)), probe])).values()];
}

/** One for each name, role and network; the first of the one beside each of the others. */
function probesOfGrant({ who }: Grant): Probe[] {
  const { users, names, roles, networks, gesture } = who;
  const lists = { name: names, role: roles, network: networks };
  const first: Probe = { user: users, name: names[0], role: roles[0], network: networks[0], gesture };
  return [
    first,
    ...Object.entries(lists).flatMap(([key, list]) => list.slice(1).map((one) => ({ ...first, [key]: one }))),
  ];
}

function subjectOf(
  { user, name, role, network, gesture }: Probe,
  rolesOf: (name: string) => readonly string[],
): Subject {
  const circumstances = {
    ...anonymous,
    address: network?.split('/')[0] ?? '',
    agreed: gesture === 'agreement',
    atKiosk: gesture === 'kiosk',
  };
  if (!user && name === undefined && role === undefined) return circumstances;
  const roles = [...(name === undefined ? [] : rolesOf(name)), ...(role === undefined ? [] : [role])];
  return { ...circumstances, kind: 'user', id: '', email: name ?? '', active: true, roles };
}

/** When a grant begins or ends, the first one first. */
function turnsOf(rules: readonly Rule[]): number[] {
  const turns = rules.flatMap(({ grants }) => grants.flatMap(({ from, until }) => [from, until]));
  return [...new Set(turns.filter((turn) => Number.isFinite(turn)))].sort((a, b) => a - b);
}
