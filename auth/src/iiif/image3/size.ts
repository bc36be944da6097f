import { parseCommonSize, type SizeGrammar } from '../imageRequest.ts';

/** The size part, Image API 3.0, section 4.2: more pixels than there are only with `^` before it. */
export const sizes3: SizeGrammar = {
  forms: 'max, w, and ,h and pct:n and w,h and !w,h, with or without ^ before it',
  read(text) {
    const upscaling = text.startsWith('^');
    const plain = upscaling ? text.slice(1) : text;
    const max = { kind: upscaling ? 'upscaled max' : 'max' } as const;
    const size = plain === 'max' ? max : parseCommonSize(plain);
    return size && { size, upscaling };
  },
};
