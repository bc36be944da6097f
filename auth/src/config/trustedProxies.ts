import { z } from 'zod';
import { splitList } from './kinds.ts';
import { isMapped, isNetwork, prefixLength } from '../shared/networks.ts';
import type { Variable } from './variable.ts';

/** Prefixes of the largest networks that somebody may have to themselves. */
const SHORTEST = { ipv4: 8, ipv6: 16 };

function problemOf(part: string): string | undefined {
  if (!isNetwork(part)) return `"${part}" is not an IP address or network: write 192.0.2.7 or 10.1.0.0/16.`;
  // Whoever may say where a request comes from may be anybody, and anywhere.
  if (prefixLength(part) === 0) return `"${part}" is everybody. Name the addresses of your proxy only.`;
  if (prefixLength(part) < (part.includes(':') ? SHORTEST.ipv6 : SHORTEST.ipv4)) {
    return `"${part}" is nearly everybody. Name the addresses of your proxy only.`;
  }
  // nginx sees the IPv4 address of the client, so it would never find them here, and would send them to https for ever.
  if (isMapped(part)) return `"${part}" is an IPv4 address in IPv6 form. Write it as IPv4: 192.0.2.7 or 10.1.0.0/16.`;
  return undefined;
}

export const trustedProxies = {
  group: 'site',
  kind: z
    .string()
    .transform((text, context): string[] => {
      const parts = splitList(text);
      for (const message of parts.map(problemOf)) {
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      }
      return parts;
    })
    .describe('IP addresses and networks, separated by commas'),
  description:
    'The addresses of another proxy of yours in front of this server, if it is the one that has the certificate. Set `VIRTUAL_HOST_PROTO=https` with it. Requests from there are served on `HTTP_PORT` as they come, and are trusted in what they say (`X-Forwarded-For`) about the address of a visitor. Without it every visitor would seem to be at the address of that proxy.',
  default: '',
  otherwise: 'none',
  example: '192.0.2.7,10.1.0.0/16',
} as const satisfies Variable;
