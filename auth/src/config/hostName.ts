import { isIP } from 'node:net';
import { z } from 'zod';

function problemOf(text: string): string | undefined {
  if (text.includes('://')) return 'Write the name only; http or https goes into VIRTUAL_HOST_PROTO.';
  if (/[\s,;]/.test(text)) return 'Write one name only, without spaces or commas.';
  if (text.startsWith('[') || isIP(text) === 6) return 'This is an IPv6 address. Write a host name.';
  if (text.includes('/')) return 'Write the name only, without a slash or path.';
  if (text.includes(':')) return 'Write the name only; the port goes into HTTP_PORT or HTTPS_PORT.';
  if (text.includes('_')) return 'A host name has no underscore (_). Write the name without it, or with a hyphen.';
  if (text.endsWith('.')) return 'Leave out the dot at the end.';
  const wellFormed = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i.test(text) && text.length <= 253;
  // The URL parser rewrites what only looks like a name: "1.2.3" becomes "1.2.0.3".
  if (wellFormed && URL.parse(`http://${text}`)?.hostname === text.toLowerCase()) return undefined;
  return 'Write a host name of letters, digits, dots and hyphens (names in other scripts in their xn-- form).';
}

/** One name as DNS knows it, or an IPv4 address. */
export const hostName = z
  .string()
  .superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .toLowerCase()
  .describe('one host name');
