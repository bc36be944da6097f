import type { z } from 'zod';
import type { Name, variables } from './schema.ts';
import type { Variable } from './variable.ts';

type Settled<V extends Variable> = V extends { default: string } | { required: true }
  ? z.output<V['kind']>
  : z.output<V['kind']> | undefined;

/** The checked values, by variable. */
export type Values = { readonly [N in Name]: Settled<(typeof variables)[N]> };
