import { z } from 'zod';
import { jsonOf, repeatedNames } from './json.ts';
import { isNetwork } from '../shared/networks.ts';

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

const NAMES = ['open', 'login', 'clickthrough', 'kiosk', 'external', 'denied'] as const;
const IN_PLACES: readonly string[] = ['kiosk', 'external'];

const pattern = z.enum(NAMES, { error: `has to be one of ${NAMES.join(', ')}` });
const setting = z.union(
  [
    pattern.transform((name) => ({ pattern: name, addresses: [], tier: undefined })),
    z.strictObject({
      pattern,
      addresses: z.array(z.string().refine(isNetwork, { error: 'is not an IP address or network' })).default([]),
      tier: z.int().min(16).max(10_000).optional(),
    }),
  ],
  { error: `has to be one of ${NAMES.join(', ')}, or an object with one of them as "pattern"` },
);
/** A path below IMAGE_DIR; folders whose name begins with a dot are not served. */
const path = z.string().regex(/^[^/!.][^/!]*(\/[^/!.][^/!]*)*$/);
const settings = z.record(path, setting);

const FORM = 'JSON: `{"folder": "pattern"}` or `{"folder": {"pattern": …, "addresses": […], "tier": …}}`';

export const PATTERNS_DESCRIPTION =
  'Folders that are not simply for all users, as JSON: the path of a folder, and its pattern: `open` (everybody), `login`, `clickthrough` (visitors who agree), `kiosk` and `external` (visitors at one of the `addresses`), or `denied`. `tier` gives everybody else a smaller image, of at most so many pixels on its longer side. What is in the folder and below it is meant.';

/** The kind of ACCESS_PATTERNS. */
export const patterns = z
  .string()
  .transform((text, context): FolderSetting[] => {
    const parsed = settings.safeParse(jsonOf(text));
    if (!parsed.success) {
      context.addIssue({ code: 'custom', message: `Give ${FORM.replaceAll('`', '')} (${problemOf(parsed.error)}).` });
      return z.NEVER;
    }
    for (const name of lostNames(text, parsed.data)) {
      const message = `"${name}" is named twice, or cannot be named: only one of its patterns would count.`;
      context.addIssue({ code: 'custom', message });
    }
    const folders = Object.entries(parsed.data).map(([path, { pattern, addresses, tier }]) => {
      return { folder: path.split('/'), pattern, addresses, tier };
    });
    for (const { folder, pattern, addresses } of folders) {
      const name = folder.join('/');
      if (IN_PLACES.includes(pattern) && addresses.length === 0) {
        context.addIssue({ code: 'custom', message: `Say with "addresses" where the ${pattern} of "${name}" is.` });
      }
      // Whoever writes them means that the folder is closed elsewhere.
      if (!IN_PLACES.includes(pattern) && addresses.length > 0) {
        const message = `"addresses" count for kiosk and external only; take them from the ${pattern} of "${name}".`;
        context.addIssue({ code: 'custom', message });
      }
    }
    return folders;
  })
  .describe(FORM);

/** What is in the text and would not be in force, in silence: the first of two patterns of a folder, `__proto__`. */
function lostNames(text: string, read: object): string[] {
  const names = Object.keys(jsonOf(text) as object);
  const alike = names.filter((name, index) => names.findIndex((one) => one.normalize() === name.normalize()) !== index);
  return [...repeatedNames(text), ...alike, ...names.filter((name) => !Object.hasOwn(read, name))];
}

const NO_FOLDER = 'is not the path of a folder: write maps/atlas';

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue || issue.path.length === 0) return issue?.code === 'invalid_key' ? NO_FOLDER : 'not a JSON object';
  const [folder, ...rest] = issue.path;
  const what = issue.code === 'invalid_key' ? NO_FOLDER : issue.message;
  return [`"${String(folder)}"`, ...rest.map(String), what].join(' ');
}
