import type { Lookup } from '../images/catalogue/lookup.ts';
import type { ServableImage } from '../images/facts/facts.ts';
import type { ImageFacts } from '../images/facts/imageFacts.ts';
import type { Refusal } from './verdict.ts';

/** An image whose size is known and that can be shown. */
export type ReadableImage = ServableImage & {
  /** As its folder spells it. */
  readonly named: readonly string[];
  /** Where it really lies. */
  readonly path: readonly string[];
};

/** What is known of a file that was looked up, or what is wrong with it. */
export async function readableImage(
  file: Lookup,
  imageFacts: Pick<ImageFacts, 'of'>,
): Promise<ReadableImage | Refusal> {
  if (file.kind === 'missing') return file;
  const facts = await imageFacts.of(file);
  switch (facts.kind) {
    case 'image':
      return { ...facts, named: file.path, path: file.real };
    case 'missing':
      return facts;
    case 'unsuitable':
      return { kind: 'missing', message: `This file cannot be shown: ${facts.reason}.` };
    case 'unreadable':
      return { kind: 'unreadable', message: UNREADABLE };
    case 'unavailable':
      return { kind: 'unavailable', message: 'What is in the images cannot be found out now. Try again in a moment.' };
  }
}

export const UNREADABLE = 'The file of this image is damaged or cannot be read; the log names it.';
