import type { Decision } from '../access/decide.ts';
import type { Parsed } from '../shared/result.ts';
import type { ReadableImage } from './readableImage.ts';
import type { Allowed, Denial, Refusal } from './verdict.ts';

/** What was found out about an image request whose address can be read. */
type Findings<Drawing> = {
  /** Of the image, or of its tier. */
  readonly decision: Decision | Refusal;
  readonly image: ReadableImage | Refusal;
  /** Whether it is a name without a folder, of nothing: no folder that is locked could hold it. */
  readonly nowhere: boolean;
  /** What is drawn of the image, if it has that. */
  readonly draw: (image: ReadableImage) => Parsed<Drawing>;
};

type Shown<Drawing> = {
  readonly kind: 'shown';
  readonly decision: Allowed;
  readonly image: ReadableImage;
  readonly drawing: Drawing;
};

/**
 * Who learns what about an image request: the first of these that is so.
 *
 * 1. The address is not of the grammar, or of nothing that this server writes: 400 or 404, to everybody. Nothing else is
 *    looked at then (`gate/imageGrant.ts`).
 * 2. The file is missing or cannot be shown: 404, 500 or 503, but 401 to those who could still get access. What lies in
 *    a locked folder is no business of theirs yet.
 * 3. The image or tier has no such region or size: 400, to everybody, because the size stands in its info.json.
 * 4. The tier is not the one that the image offers: 404, to everybody.
 * 5. The rules say no: 401 or 403.
 */
export function outcomeOf<Drawing>({
  decision,
  image,
  nowhere,
  draw,
}: Findings<Drawing>): Shown<Drawing> | Denial | Refusal {
  if (image.kind !== 'image') return decision.kind === 'locked' && !nowhere ? decision : image;
  const drawing = draw(image);
  if (!drawing.ok) return { kind: 'invalid', message: drawing.message };
  if (decision.kind !== 'allowed') return decision;
  return { kind: 'shown', decision, image, drawing: drawing.value };
}
