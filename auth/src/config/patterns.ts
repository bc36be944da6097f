import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** What ACCESS_PATTERNS says of one folder. */
export type FolderSetting = {
  /** Parts of its path below IMAGE_DIR. */
  readonly folder: readonly string[];
  readonly pattern: 'open' | 'login' | 'clickthrough' | 'kiosk' | 'external' | 'denied';
  /** IP addresses and networks (CIDR). */
  readonly addresses: readonly string[];
  /** Pixels. */
  readonly tier: number | undefined;
};

const pattern = z.enum(['open', 'login', 'clickthrough', 'kiosk', 'external', 'denied']);
const setting = z.union([
  pattern.transform((name) => ({ pattern: name, addresses: [], tier: undefined })),
  z.strictObject({
    pattern,
    addresses: z.array(z.string().refine(isNetwork, { error: 'not an IP address or network' })).default([]),
    tier: z.int().min(16).max(10_000).optional(),
  }),
]);
const settings = z.record(z.string().regex(/^[^/!]+(\/[^/!]+)*$/), setting);

const FORM = 'JSON: `{"folder": "pattern"}` or `{"folder": {"pattern": …, "addresses": […], "tier": …}}`';

export const PATTERNS_DESCRIPTION =
  'Folders that are not simply for everybody who has an account, as JSON: the path of a folder, and its pattern: `open` (everybody), `login`, `clickthrough` (who agrees), `kiosk` and `external` (who is at one of the `addresses`), or `denied`. `tier` gives everybody else a smaller image, of so many pixels on its longer side. What is in the folder and below it is meant.';

/** The kind of ACCESS_PATTERNS. */
export const patterns = z
  .string()
  .transform((text, context): FolderSetting[] => {
    const parsed = settings.safeParse(jsonOf(text));
    if (!parsed.success) {
      context.addIssue({ code: 'custom', message: `Give ${FORM.replaceAll('`', '')} (${problemOf(parsed.error)}).` });
      return z.NEVER;
    }
    const folders = Object.entries(parsed.data).map(([path, { pattern, addresses, tier }]) => {
      return { folder: path.split('/'), pattern, addresses, tier };
    });
    const nowhere = folders.find((one) => ['kiosk', 'external'].includes(one.pattern) && one.addresses.length === 0);
    if (nowhere) {
      context.addIssue({
        code: 'custom',
        message: `Say with "addresses" where the ${nowhere.pattern} of "${nowhere.folder.join('/')}" is.`,
      });
    }
    return folders;
  })
  .describe(FORM);

/** Whether an address (IP) is one of the networks. */
export function isAmong(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, prefix === undefined ? widest(address) : Number(prefix), family(address));
  }
  return (address) => isIP(address) !== 0 && list.check(plainAddress(address), family(plainAddress(address)));
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= widest(address));
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.')} ${issue.message}`.trim() : 'not JSON';
}
