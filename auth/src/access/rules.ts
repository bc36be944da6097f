import { isNetwork } from '../shared/networks.ts';

/** How one can come to see what one may not see yet: the interaction patterns of both IIIF authorization APIs. */
export type Pattern = 'login' | 'clickthrough' | 'kiosk' | 'external';

/** How an anonymous visitor gets access. `tier`: longer side, in pixels, of the smaller image for everybody. */
export type AccessMethod = { readonly kind: 'open' } | { readonly kind: Pattern; readonly tier: number | undefined };

/** Who may see a folder. A frozen record, of nothing but data. */
export type Rule = {
  /** As the log and an explanation call it. */
  readonly name: string;
  /** Parts of the path of a folder or an image. What is below it is meant too, until a closer rule says otherwise. */
  readonly where: readonly string[];
  readonly access: Pattern | 'open' | 'denied';
  /** For `login`: roles of which a user has one; where none is named, any active user. */
  readonly roles: readonly string[];
  /** For `kiosk` and `external`: IP addresses and networks (CIDR) of the place. */
  readonly networks: readonly string[];
  /** Pixels on the longer side of the smaller image that everybody may see. */
  readonly tier: number | undefined;
};

/** A rule, frozen with all that it holds. Throws where a network is none: a server with such a rule does not start. */
export function makeRule(given: Pick<Rule, 'where' | 'access'> & Partial<Rule>): Rule {
  const { where, access, name = `the folder "${where.join('/')}" is ${access}`, roles = [], networks = [] } = given;
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new Error(`${name}: ${wrong} is no IP address or network.`);
  const lists = { where: frozen(where), roles: frozen(roles), networks: frozen(networks) };
  return Object.freeze({ name, access, tier: given.tier, ...lists });
}

function frozen(list: readonly string[]): readonly string[] {
  return Object.isFrozen(list) ? list : Object.freeze([...list]);
}

/** What holds where no other rule does. */
export const DEFAULT_RULE = makeRule({ name: 'active users see everything', where: [], access: 'login' });

/** The rules of this server beside those of ACCESS_PATTERNS. Of two for the same folder the first counts. */
export const rules: readonly Rule[] = [];
