import type { Quality } from './imageRequest.ts';

/**
 * What an image server writes, as far as an info.json has words for it: formats, and the qualities that come in each of
 * them. That one comes in some formats only, no document can say.
 */
export type Forms = { readonly formats: readonly string[]; readonly qualities: readonly Quality[] };
