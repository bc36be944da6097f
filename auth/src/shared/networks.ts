import { BlockList, isIP } from 'node:net';

/** Whether a text is an IP address or a network (CIDR). */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  // isIP takes a zone, fe80::1%eth0, which means something on one machine only.
  if (isIP(address) === 0 || address.includes('%') || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= widest(address));
}

/** Whether a network is one of IPv4 addresses that are written as IPv6 ones, in any of the spellings. */
export function isMapped(network: string): boolean {
  const [address = ''] = network.split('/');
  // An URL has the shortest spelling of an address, in hexadecimal.
  return isIP(address) === 6 && /^\[::ffff:[\da-f]+:[\da-f]+\]$/.test(new URL(`http://[${address}]`).hostname);
}

/** Bits that are the same in all addresses of a network. */
export function prefixLength(network: string): number {
  const [address = '', prefix] = network.split('/');
  return prefix === undefined ? widest(address) : Number(prefix);
}

const known = new WeakMap<readonly string[], (address: string) => boolean>();

/** Whether an address (IP) is one of the networks; read once for each list. */
export function isAmong(networks: readonly string[]): (address: string) => boolean {
  const judge = known.get(networks) ?? readNetworks(networks);
  known.set(networks, judge);
  return judge;
}

function readNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = ''] = network.split('/');
    list.addSubnet(address, prefixLength(network), family(address));
  }
  return (address) => isIP(address) !== 0 && list.check(plainAddress(address), family(plainAddress(address)));
}

/** An IPv4 address that came as an IPv6 one. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function widest(address: string): number {
  return isIP(address) === 6 ? 128 : 32;
}
