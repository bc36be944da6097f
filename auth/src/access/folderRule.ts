import { ACTIVE_USERS, EVERYONE, makeRule, type GivenGrant, type Pattern, type Rule } from './rules.ts';

/** What is said of a folder in one word, as far as it needs one. */
export type FolderRule = {
  readonly where: readonly string[];
  readonly access: Pattern | 'open' | 'denied';
  /** For `kiosk` and `external`: IP addresses and networks (CIDR) of the place. */
  readonly networks?: readonly string[];
  /** Pixels on the longer side of the smaller image that everybody may see. */
  readonly tier?: number | undefined;
  readonly name?: string;
};

/** The rule of a folder whose images are all come by in one way. */
export function folderRule({ where, access, networks = [], tier, name }: FolderRule): Rule {
  const whole = WHO[access](networks);
  const grants = [
    whole === undefined ? [] : [{ who: whole }],
    tier === undefined ? [] : [{ who: EVERYONE, pixels: tier }],
  ];
  return makeRule({ where, grants: grants.flat(), name: name ?? `the folder "${where.join('/')}" is ${access}` });
}

const WHO: Record<FolderRule['access'], (networks: readonly string[]) => GivenGrant['who'] | undefined> = {
  open: () => EVERYONE,
  login: () => ACTIVE_USERS,
  clickthrough: () => ({ gesture: 'agreement' }),
  kiosk: (networks) => ({ gesture: 'kiosk', networks }),
  external: (networks) => ({ networks }),
  denied: () => undefined,
};
