import type { Rule } from '../access/rules.ts';
import { isAmong } from '../shared/networks.ts';

/** From where requests came in the last while. */
export type SeenAddresses = {
  readonly requests: number;
  /** IP addresses; not all, where they are many. */
  readonly addresses: readonly string[];
};

export type NetworkWarning =
  /** A rule opens something to who is in a network, and the proxy is: so everybody may be. */
  | { readonly kind: 'proxyInRange'; readonly rule: string; readonly network: string; readonly proxy: string }
  /** So many requests came from one address: rules about networks mean nothing if that is a proxy. */
  | { readonly kind: 'oneAddress'; readonly address: string; readonly requests: number };

/** Fewer say nothing: somebody tries a new installation. */
const ENOUGH = 100;
/** Of a private network the first address: that of the router, which Docker's gateway is. */
const LIKE_A_GATEWAY = /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.).*\.1$/;

/**
 * What makes rules about networks meaningless. `proxies`: addresses and networks (CIDR) of proxies in front, which are
 * never those of visitors.
 */
export function networkWarnings(
  rules: readonly Rule[],
  proxies: readonly string[],
  seen: SeenAddresses,
): readonly NetworkWarning[] {
  const named = rules.flatMap(({ name, grants }) =>
    grants.flatMap(({ who }) => who.networks.map((network) => ({ rule: name, network }))),
  );
  if (named.length === 0) return [];
  const suspects = [...proxies, ...seen.addresses.filter((address) => LIKE_A_GATEWAY.test(address))];
  const found = new Map<string, NetworkWarning>();
  for (const { rule, network } of named) {
    const proxy = suspects.find((suspect) => overlap(suspect, network));
    const key = `${rule}\n${network}`;
    if (proxy !== undefined) found.set(key, { kind: 'proxyInRange', rule, network, proxy });
  }
  const [address, ...others] = seen.addresses;
  const isOne = address !== undefined && others.length === 0 && seen.requests >= ENOUGH;
  return [...found.values(), ...(isOne ? [{ kind: 'oneAddress', address, requests: seen.requests } as const] : [])];
}

function overlap(one: string, other: string): boolean {
  return isAmong([one])(baseOf(other)) || isAmong([other])(baseOf(one));
}

function baseOf(network: string): string {
  return network.split('/')[0] ?? '';
}
