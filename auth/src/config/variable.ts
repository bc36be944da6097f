import type { z } from 'zod';

/** The headings under which variables are documented, in that order. */
export const groups = {
  site: 'Address and name',
  images: 'Images and manifests',
  access: 'Administrator, logins and tokens',
  secrets: 'Secrets and database',
  mail: 'Mail',
  readers: 'Readers first',
  speed: 'Quality, speed and log',
  stack: 'Inside the stack (the compose files and ./serve set these)',
} as const;

/** What there is to say about a variable. */
export type Variable = {
  readonly group: keyof typeof groups;
  readonly kind: z.ZodType<unknown, string>;
  readonly description: string;
  readonly example: string;
  /** The value when the variable is unset. */
  readonly default?: string;
  /** Says in words what happens when the variable is unset and has no fixed default. */
  readonly otherwise?: string;
  /** The loader refuses to go on without it. */
  readonly required?: true;
  readonly unit?: string;
  /** Masked wherever it is shown; may be given as `NAME_FILE`. */
  readonly secret?: true;
  /** Made on the first start and kept in DATA_DIR when it is unset. */
  readonly generated?: true;
};
