import { parseCommonSize, type SizeGrammar } from '../imageRequest.ts';

/** The size part, Image API 2.1, section 4.2. More pixels than there are may be asked for (sizeAboveFull). */
export const sizes2: SizeGrammar = {
  forms: 'full, max, w, and ,h and pct:n and w,h and !w,h',
  read(text) {
    const size = text === 'full' || text === 'max' ? ({ kind: text } as const) : parseCommonSize(text);
    return size && { size, upscaling: true };
  },
};
