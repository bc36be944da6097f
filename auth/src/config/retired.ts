import { stringify } from 'yaml';
import { z } from 'zod';
import type { Problem } from './error.ts';
import { jsonOf } from './json.ts';
import type { Environment } from './read.ts';

const VARIABLE = 'ACCESS_PATTERNS';

const pattern = z.enum(['open', 'login', 'clickthrough', 'kiosk', 'external', 'denied']);
type Pattern = z.infer<typeof pattern>;
const setting = z.union([
  pattern.transform((name) => ({ pattern: name, addresses: [], tier: undefined })),
  z.object({ pattern, addresses: z.array(z.string()).default([]), tier: z.number().optional() }),
]);
const settings = z.record(z.string(), setting);

const WHO: Record<Exclude<Pattern, 'denied'>, (networks: readonly string[]) => unknown> = {
  open: () => 'everyone',
  login: () => 'users',
  clickthrough: () => ({ gesture: 'agreement' }),
  kiosk: (networks) => ({ gesture: 'kiosk', networks }),
  external: (networks) => ({ networks }),
};
const IN_ONE_WORD: Partial<Record<Pattern, string>> = { open: 'everyone', login: 'users', denied: 'nobody' };

/** What the first releases were told in a variable, and where it is to be written now: ready to be pasted. */
export function retiredVariables(env: Environment): Problem[] {
  const text = env[VARIABLE]?.trim() ?? '';
  if (text === '' || text === '{}') return [];
  const advice =
    'It is not read any more: who may see which folder stands in access.yml in the folder of images: docs/access-rules.md.';
  const parsed = settings.safeParse(jsonOf(text));
  if (!parsed.success) return [{ variable: VARIABLE, text: advice }];
  const file = stringify({ folders: Object.fromEntries(Object.entries(parsed.data).map(ruleOf)) });
  return [{ variable: VARIABLE, text: `${advice} Write this there, and take the variable away:\n\n${file}` }];
}

function ruleOf([folder, { pattern: name, addresses, tier }]: [string, z.infer<typeof setting>]): [string, unknown] {
  if (tier === undefined && IN_ONE_WORD[name] !== undefined) return [folder, IN_ONE_WORD[name]];
  const whole = name === 'denied' ? [] : [{ who: WHO[name](addresses) }];
  return [folder, [...whole, ...(tier === undefined ? [] : [{ who: 'everyone', sees: tier }])]];
}
