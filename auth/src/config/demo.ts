import * as kind from './kinds.ts';
import type { Variable } from './variable.ts';

export const demo = {
  group: 'access',
  kind: kind.flag,
  description:
    'Whether there is a demonstration at `/demo/`, for people who build or try viewers: one image for each way to see it, from the folder `demo` of the images. It makes the account `demo@localhost`, whose password is public and which sees that folder only. Not for a server with secrets of its own.',
  default: 'false',
  example: 'true',
} as const satisfies Variable;
